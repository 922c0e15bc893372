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

    /** No reservation has it. */
    private static final UUID NONE = new UUID(0, 0);

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
                "select last_seq, last_upload_at from appliance_usage where appliance_id = ?1 for"
                        + " update";
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
        return new SystemAccount(systemId, number(row[0]), row[1] == null ? null : instant(row[1]));
    }

    /**
     * Ends a reservation, if there is one, gives back what it charged, and books the change.
     *
     * @param sealed the sequence number and time of a backup that was sealed, else empty
     */
    void settle(
            Optional<UUID> reservation, UUID systemId, UsageChange change, Optional<Seal> sealed) {
        var shares = new TreeMap<UUID, Share>();
        var charged = takeBack(reservation.orElse(NONE), systemId, change.liveBytes(), shares);
        query(
                        database,
                        """
                        update appliance_usage
                           set live_count = live_count + ?2, live_bytes = live_bytes + ?3, trash_count = trash_count + ?4,
                               trash_bytes = trash_bytes + ?5, reserved_bytes = reserved_bytes - ?6,
                               last_seq = coalesce(cast(?7 as bigint), last_seq), last_upload_at = coalesce(cast(?8 as timestamptz), last_upload_at)
                         where appliance_id = ?1\
                        """,
                        systemId,
                        change.liveCount(),
                        change.liveBytes(),
                        change.trashCount(),
                        change.trashBytes(),
                        charged,
                        sealed.map(Seal::seq).orElse(null),
                        sealed.map(seal -> seal.at().atOffset(ZoneOffset.UTC)).orElse(null))
                .executeUpdate();
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

    /**
     * Deletes the reservation and says in the same statement what it had charged where, and whose
     * live bytes the system's are: those of whoever owns it now, which need not be who owned it at
     * admission.
     *
     * @return what the system was charged
     */
    private long takeBack(
            UUID reservation, UUID systemId, long liveBytes, Map<UUID, Share> shares) {
        var charged = 0L;
        for (var row :
                rows(
                        query(
                                database,
                                """
                                with gone as (delete from reservation where backup_id = ?1 returning charged_bytes)
                                select cast(null as uuid), 'charged', charged_bytes from gone
                                union all
                                select organization_id, 'reserved ' || scope, bytes from reservation_tier where backup_id = ?1
                                union all
                                select o.id, 'live ' || scope.name, ?3
                                  from appliance a
                                  join organization own on own.id = a.organization_id
                                  join organization o on o.id = any(cast(string_to_array(trim(both '/' from own.path), '/') as uuid[]))
                                  left join organization_usage u on u.organization_id = o.id
                                  join (values ('own'), ('tree')) scope (name)
                                    on scope.name = 'own' and o.id = a.organization_id or scope.name = 'tree' and u.tree_counted
                                 where a.id = ?2 and ?3 <> 0\
                                """,
                                reservation,
                                systemId,
                                liveBytes))) {
            var bytes = number(row[2]);
            if (row[0] == null) {
                charged = bytes;
            } else {
                var share = shares.computeIfAbsent((UUID) row[0], any -> new Share());
                share.add((String) row[1], bytes);
            }
        }
        return charged;
    }

    /** Where a system's sequence stands after a seal. */
    record Seal(long seq, Instant at) {}

    /** What one organization's counters get in one update. */
    private static final class Share {
        private long ownReserved;
        private long treeReserved;
        private long ownLive;
        private long treeLive;

        private void add(String what, long bytes) {
            switch (what) {
                case "reserved own" -> ownReserved += bytes;
                case "reserved tree" -> treeReserved += bytes;
                case "live own" -> ownLive += bytes;
                case "live tree" -> treeLive += bytes;
                default -> throw new IllegalArgumentException(what);
            }
        }
    }
}
