package coffer.quota;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reservations; each charge is one conditional update. */
@ApplicationScoped
class ReservationLedger {

    private final EntityManager database;

    @Inject
    ReservationLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ReservationLedger() {
        this(null);
    }

    /**
     * Opens it with its claims, charges the system and then the tiers in their order, all in one
     * call; false when one of them has no room: the caller must roll back.
     */
    static Sql<Boolean> opening(Reservation reservation, List<Charge> charges) {
        return Sql.rows(
                        "select open_reservation(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
                                + " ?12)",
                        reservation.backupId(),
                        reservation.systemId(),
                        reservation.destination(),
                        reservation.address(),
                        reservation.sizeBytes(),
                        reservation.chargedBytes(),
                        reservation.node(),
                        reservation.lease().toSeconds(),
                        array(reservation.claims()),
                        array(charges.stream().map(Charge::organizationId).toList()),
                        array(charges.stream().map(Charge::scope).toList()),
                        array(charges.stream().map(Charge::cap).toList()))
                .as(rows -> Boolean.TRUE.equals(rows.getFirst()[0]));
    }

    /** What one tier is asked for: {@code own} or {@code tree}, and its cap, 0 for none. */
    record Charge(UUID organizationId, String scope, long cap) {}

    int renew(String node, Collection<UUID> backupIds, Duration lease) {
        return query(
                        database,
                        """
                        update reservation set lease_until = coffer_now() + ?3 * interval '1 second'
                         where node = ?1 and backup_id = any(cast(string_to_array(?2, ',') as uuid[]))
                           and lease_until > coffer_now()\
                        """,
                        node,
                        array(backupIds),
                        lease.toSeconds())
                .executeUpdate();
    }

    /** The claims of a reservation that this node holds and whose lease still runs; locks it. */
    static Sql<Optional<List<UUID>>> holding(UUID backupId, String node) {
        return Sql.rows(
                        """
                        select r.backup_id, (select string_agg(cast(c.victim_id as text), ',')
                                               from reservation_claim c where c.backup_id = r.backup_id)
                          from reservation r
                         where r.backup_id = ?1 and r.node = ?2 and r.lease_until > coffer_now() for update\
                        """,
                        backupId,
                        node)
                .as(rows ->
                        rows.stream()
                                .map(row ->
                                        row[1] == null ? List.<UUID>of() : uuids((String) row[1]))
                                .findFirst());
    }

    private static List<UUID> uuids(String joined) {
        return Arrays.stream(joined.split(",", -1)).map(UUID::fromString).toList();
    }

    /**
     * Takes a backup out of the claim that holds it; what it no longer pays for is charged instead.
     */
    void unclaim(UUID victimId, UUID systemId) {
        var claim =
                rows(
                        query(
                                database,
                                """
                                select r.backup_id, r.charged_bytes from reservation_claim c
                                  join reservation r on r.backup_id = c.backup_id where c.victim_id = ?1\
                                """,
                                victimId));
        if (claim.isEmpty()) {
            return;
        }
        var reservation = (UUID) claim.getFirst()[0];
        query(database, "delete from reservation_claim where victim_id = ?1", victimId)
                .executeUpdate();
        query(
                        database,
                        """
                        update reservation r set charged_bytes = greatest(0, r.size_bytes - coalesce(
                               (select sum(b.size_bytes) from reservation_claim c join backup b on b.id = c.victim_id
                                 where c.backup_id = r.backup_id), 0))
                         where r.backup_id = ?1\
                        """,
                        reservation)
                .executeUpdate();
        var more =
                number(
                                query(
                                                database,
                                                "select charged_bytes from reservation where"
                                                        + " backup_id = ?1",
                                                reservation)
                                        .getSingleResult())
                        - number(claim.getFirst()[1]);
        query(
                        database,
                        "update appliance_usage set reserved_bytes = reserved_bytes + ?2 where"
                                + " appliance_id = ?1",
                        systemId,
                        more)
                .executeUpdate();
        for (var tier :
                rows(
                        query(
                                database,
                                "select organization_id, scope from reservation_tier where"
                                        + " backup_id = ?1 order by 1",
                                reservation))) {
            query(
                            database,
                            """
                            update organization_usage
                               set own_reserved_bytes = own_reserved_bytes + case when ?2 = 'own' then ?3 else 0 end,
                                   tree_reserved_bytes = tree_reserved_bytes + case when ?2 = 'tree' then ?3 else 0 end
                             where organization_id = ?1\
                            """,
                            tier[0],
                            tier[1],
                            more)
                    .executeUpdate();
        }
        query(
                        database,
                        "update reservation_tier set bytes = bytes + ?2 where backup_id = ?1",
                        reservation,
                        more)
                .executeUpdate();
    }
}
