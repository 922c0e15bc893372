package coffer.quota;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What systems and organizations use: counters that equal the catalogue in every committed state.
 */
@ApplicationScoped
class UsageLedger {

    private static final String OWN = "own";

    private final EntityManager database;

    @Inject
    UsageLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UsageLedger() {
        this(null);
    }

    SystemAccount lock(UUID systemId) {
        var select =
                """
                select u.last_seq, u.last_upload_at,
                       (select count(*) from reservation r
                         where r.appliance_id = u.appliance_id and r.lease_until > coffer_now())
                  from appliance_usage u where u.appliance_id = ?1 for update\
                """;
        var rows = rows(query(database, select, systemId));
        if (rows.isEmpty()) {
            query(
                            database,
                            "insert into appliance_usage (appliance_id) values (?1) on conflict do"
                                    + " nothing",
                            systemId)
                    .executeUpdate();
            rows = rows(query(database, select, systemId));
        }
        var row = rows.getFirst();
        return new SystemAccount(
                systemId,
                number(row[0]),
                row[1] == null ? null : instant(row[1]),
                (int) number(row[2]));
    }

    void advance(UUID systemId, long seq, Instant uploadedAt) {
        query(
                        database,
                        "update appliance_usage set last_seq = ?2, last_upload_at = ?3 where"
                                + " appliance_id = ?1",
                        systemId,
                        seq,
                        uploadedAt.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    void settle(Optional<UUID> reservation, UUID systemId, UsageChange change) {
        var shares = new TreeMap<UUID, Share>();
        var charged = reservation.map(id -> takeBack(id, shares)).orElse(0L);
        query(
                        database,
                        """
                        update appliance_usage
                           set live_count = live_count + ?2, live_bytes = live_bytes + ?3, trash_count = trash_count + ?4,
                               trash_bytes = trash_bytes + ?5, reserved_bytes = reserved_bytes - ?6
                         where appliance_id = ?1\
                        """,
                        systemId,
                        change.liveCount(),
                        change.liveBytes(),
                        change.trashCount(),
                        change.trashBytes(),
                        charged)
                .executeUpdate();
        if (change.liveBytes() != 0) {
            bookTiers(systemId, change.liveBytes(), shares);
        }
        shares.forEach((organization, share) ->
                query(
                                database,
                                """
                                update organization_usage
                                   set own_reserved_bytes = own_reserved_bytes - ?2, tree_reserved_bytes = tree_reserved_bytes - ?3,
                                       own_live_bytes = own_live_bytes + ?4, tree_live_bytes = tree_live_bytes + ?5
                                 where organization_id = ?1\
                                """,
                                organization,
                                share.ownReserved,
                                share.treeReserved,
                                share.ownLive,
                                share.treeLive)
                        .executeUpdate());
    }

    private long takeBack(UUID reservation, Map<UUID, Share> shares) {
        for (var row :
                rows(
                        query(
                                database,
                                "select organization_id, scope, bytes from reservation_tier where"
                                        + " backup_id = ?1",
                                reservation))) {
            var share = shares.computeIfAbsent((UUID) row[0], any -> new Share());
            if (OWN.equals(row[1])) {
                share.ownReserved += number(row[2]);
            } else {
                share.treeReserved += number(row[2]);
            }
        }
        var charged =
                query(
                                database,
                                "select charged_bytes from reservation where backup_id = ?1",
                                reservation)
                        .getResultList();
        query(database, "delete from reservation where backup_id = ?1", reservation)
                .executeUpdate();
        return charged.isEmpty() ? 0 : number(charged.getFirst());
    }

    /**
     * Live bytes go to whoever owns the system now, which need not be who owned it at admission.
     */
    private void bookTiers(UUID systemId, long liveBytes, Map<UUID, Share> shares) {
        for (var row :
                rows(
                        query(
                                database,
                                """
                                select o.id, o.id = a.organization_id, coalesce(u.tree_counted, false)
                                  from appliance a
                                  join organization own on own.id = a.organization_id
                                  join organization o on o.id = any(cast(string_to_array(trim(both '/' from own.path), '/') as uuid[]))
                                  left join organization_usage u on u.organization_id = o.id
                                 where a.id = ?1\
                                """,
                                systemId))) {
            var own = (boolean) row[1];
            var tree = (boolean) row[2];
            if (own || tree) {
                var share = shares.computeIfAbsent((UUID) row[0], any -> new Share());
                share.ownLive += own ? liveBytes : 0;
                share.treeLive += tree ? liveBytes : 0;
            }
        }
    }

    /** What one organization's counters get in one update. */
    private static final class Share {
        private long ownReserved;
        private long treeReserved;
        private long ownLive;
        private long treeLive;
    }
}
