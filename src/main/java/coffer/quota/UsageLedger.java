package coffer.quota;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

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

    /** In one call: the tree stands, the row is there and locked, and what it says is fresh. */
    SystemAccount lock(UUID systemId) {
        var row =
                rows(
                                query(
                                        database,
                                        "select seq, uploaded_at, owner_path from lock_account(?1)",
                                        systemId))
                        .stream()
                        .findFirst()
                        .orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        return new SystemAccount(
                systemId,
                number(row[0]),
                row[1] == null ? null : instant(row[1]),
                ids((String) row[2]));
    }

    /** After a change of the declared cadence. */
    void expect(UUID systemId, Duration usual) {
        query(
                        database,
                        "select cast(expect_uploads(?1, cast(?2 as integer)) as text)",
                        systemId,
                        usual.toSeconds())
                .getSingleResult();
    }

    /**
     * Ends a reservation, if there is one, gives back what it charged, and books the change.
     *
     * @param sealed the sequence number and time of a backup that was sealed, else empty; then the
     *     system's cadence is learned anew, and when the next uploads are expected
     */
    void settle(
            Optional<UUID> reservation,
            UUID systemId,
            UsageChange change,
            Optional<Seal> sealed,
            Duration usual) {
        var shares = new TreeMap<UUID, Share>();
        var charged = takeBack(reservation.orElse(NONE), systemId, change.liveBytes(), shares);
        query(
                        database,
                        """
                        update appliance_usage u
                           set live_count = u.live_count + ?2, live_bytes = u.live_bytes + ?3, trash_count = u.trash_count + ?4,
                               trash_bytes = u.trash_bytes + ?5, reserved_bytes = u.reserved_bytes - ?6,
                               last_seq = coalesce(cast(?7 as bigint), u.last_seq), last_upload_at = coalesce(c.at, u.last_upload_at),
                               cadence_seconds = c.learned, due_at = coalesce(c.at + c.expected * interval '1 second', u.due_at),
                               late_at = coalesce(c.at + 2 * c.expected * interval '1 second', u.late_at),
                               overdue_at = coalesce(c.at + overdue_after(c.expected) * interval '1 second', u.overdue_at)
                          from (select l.at, l.learned, cast(coalesce(a.cadence_seconds, l.learned, ?9) as bigint) as expected
                                  from appliance a
                                 cross join lateral (
                                       select cast(?8 as timestamptz) as at,
                                              learned_cadence(v.cadence_seconds, v.last_upload_at, cast(?8 as timestamptz)) as learned
                                         from appliance_usage v where v.appliance_id = a.id) l
                                 where a.id = ?1) c
                         where u.appliance_id = ?1\
                        """,
                        systemId,
                        change.liveCount(),
                        change.liveBytes(),
                        change.trashCount(),
                        change.trashBytes(),
                        charged,
                        sealed.map(Seal::seq).orElse(null),
                        sealed.map(seal -> seal.at().atOffset(ZoneOffset.UTC)).orElse(null),
                        usual.toSeconds())
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
                                  join organization o on o.id = any(path_ids(own.path))
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

    OrganizationUsage of(UUID organizationId) {
        var row =
                rows(query(
                                database,
                                """
                                select coalesce(sum(u.live_bytes) filter (where a.organization_id = ?1), 0),
                                coalesce(sum(u.reserved_bytes) filter (where a.organization_id = ?1), 0),
                                coalesce(sum(u.trash_bytes) filter (where a.organization_id = ?1), 0),
                                count(*) filter (where a.organization_id = ?1 and a.deleted_at is null),
                                coalesce(sum(u.live_count) filter (where a.organization_id = ?1), 0),
                                coalesce(sum(u.live_bytes), 0), coalesce(sum(u.reserved_bytes), 0),
                                coalesce(sum(u.trash_bytes), 0), count(*) filter (where a.deleted_at is null),
                                coalesce(sum(u.live_count), 0)
                                from organization me
                                join organization o on o.path ~>=~ me.path and o.path ~<~ below(me.path)
                                join appliance a on a.organization_id = o.id
                                left join appliance_usage u on u.appliance_id = a.id
                                where me.id = ?1\
                                """,
                                organizationId))
                        .getFirst();
        return new OrganizationUsage(part(row, 0), part(row, 5));
    }

    private static OrganizationUsage.Part part(Object[] row, int at) {
        return new OrganizationUsage.Part(
                number(row[at]),
                number(row[at + 1]),
                number(row[at + 2]),
                number(row[at + 3]),
                number(row[at + 4]));
    }

    static List<UUID> ids(String path) {
        return Stream.of(path.split("/", -1))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
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
