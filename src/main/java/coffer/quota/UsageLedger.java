package coffer.quota;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.platform.ProblemType;
import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What systems and organizations use: counters that equal the catalogue in every committed state.
 */
@ApplicationScoped
class UsageLedger {

    private static final String LOCK = "select seq, uploaded_at, owner_path from lock_account(?1)";

    private static final String SETTLE =
            """
            select cast(settle_account(cast(?1 as uuid), ?2, ?3, ?4, ?5, ?6, cast(?7 as bigint), cast(?8 as timestamptz), ?9) as text)\
            """;

    private static final String BELOW =
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
            """;

    /** Of the whole tree it need not be asked whose anything is. */
    private static final String ALL =
            """
            select own.*, tree.live, tree.reserved, tree.trash,
                   (select count(*) from appliance where deleted_at is null), tree.backups
              from (select coalesce(sum(u.live_bytes), 0), coalesce(sum(u.reserved_bytes), 0), coalesce(sum(u.trash_bytes), 0),
                           count(*) filter (where a.deleted_at is null), coalesce(sum(u.live_count), 0)
                      from appliance a left join appliance_usage u on u.appliance_id = a.id where a.organization_id = ?1) own
             cross join (select coalesce(sum(live_bytes), 0) as live, coalesce(sum(reserved_bytes), 0) as reserved,
                                coalesce(sum(trash_bytes), 0) as trash, coalesce(sum(live_count), 0) as backups
                           from appliance_usage) tree\
            """;

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
        return account(systemId, rows(query(database, LOCK, systemId)));
    }

    /** As {@link #lock}, sent together with others. */
    static Sql<SystemAccount> locking(UUID systemId) {
        return Sql.rows(LOCK, systemId).as(rows -> account(systemId, rows));
    }

    private static SystemAccount account(UUID systemId, List<@Nullable Object[]> rows) {
        var row =
                rows.stream().findFirst().orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
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
        query(database, SETTLE, terms(reservation, systemId, change, sealed, usual))
                .getSingleResult();
    }

    /** As {@link #settle}, sent together with others. */
    static Sql<?> settling(
            Optional<UUID> reservation,
            UUID systemId,
            UsageChange change,
            Optional<Seal> sealed,
            Duration usual) {
        return Sql.rows(SETTLE, terms(reservation, systemId, change, sealed, usual));
    }

    private static @Nullable Object[] terms(
            Optional<UUID> reservation,
            UUID systemId,
            UsageChange change,
            Optional<Seal> sealed,
            Duration usual) {
        return new @Nullable Object[] {
            reservation.orElse(null),
            systemId,
            change.liveCount(),
            change.liveBytes(),
            change.trashCount(),
            change.trashBytes(),
            sealed.map(Seal::seq).orElse(null),
            sealed.map(seal -> seal.at().atOffset(ZoneOffset.UTC)).orElse(null),
            usual.toSeconds()
        };
    }

    OrganizationUsage of(UUID organizationId) {
        var root =
                (boolean)
                        query(
                                        database,
                                        "select parent_id is null from organization where id = ?1",
                                        organizationId)
                                .getSingleResult();
        var row = rows(query(database, root ? ALL : BELOW, organizationId)).getFirst();
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
}
