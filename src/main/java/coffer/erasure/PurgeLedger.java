package coffer.erasure;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

/** Erasures as rows: asked for, blocked, done. */
@ApplicationScoped
@Transactional(MANDATORY)
class PurgeLedger {

    private static final String SELECT =
            """
            select p.id, p.subject_kind, p.subject_id, p.path, p.state, p.requested_at, p.requested_by, p.run_id, p.replayed,
                   p.wait_until, p.retry_at, p.reason, p.blocked_until, p.completed_at, p.receipt
              from purge p\
            """;

    private static final String BELOW = " where strpos(p.path, '/' || ?1 || '/') > 0";

    private final EntityManager database;

    @Inject
    PurgeLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgeLedger() {
        this(null);
    }

    /**
     * A thing that may be erased.
     *
     * @param path from the root to the organization that it is or belongs to
     * @param deleted itself or something above it
     */
    record Subject(String path, boolean deleted) {

        List<UUID> ids() {
            return PurgeLedger.ids(path);
        }
    }

    /** Keeps the tree as it is, and the thing too, until the transaction ends. */
    Optional<Subject> lock(String kind, UUID id) {
        query(database, "select purge_lock_tree(), 1").getResultList();
        var found =
                kind.equals(PurgeRow.SYSTEM)
                        ? rows(
                                query(
                                        database,
                                        """
                                        select o.path, a.deleted_at is not null or exists (
                                               select from organization u where u.deleted_at is not null and o.path like u.path || '%')
                                          from appliance a join organization o on o.id = a.organization_id
                                         where a.id = ?1 for update of a\
                                        """,
                                        id))
                        : rows(
                                query(
                                        database,
                                        """
                                        select o.path, exists (
                                               select from organization u where u.deleted_at is not null and o.path like u.path || '%')
                                          from organization o where o.id = ?1 for update of o\
                                        """,
                                        id));
        return found.stream()
                .map(row -> new Subject((String) row[0], (boolean) row[1]))
                .findFirst();
    }

    void add(UUID id, String kind, UUID subject, String path, String actor) {
        query(
                        database,
                        """
                        insert into purge (id, subject_kind, subject_id, path, state, requested_at, requested_by, wait_until)
                        values (?1, ?2, ?3, ?4, 'FREEZING', coffer_now(), ?5, coffer_now())\
                        """,
                        id,
                        kind,
                        subject,
                        path,
                        actor)
                .executeUpdate();
    }

    /** It was done once already, as the erasure log says, and has to be done again. */
    void addAgain(UUID id, String kind, UUID subject, String path, String actor, Instant before) {
        add(id, kind, subject, path, actor);
        query(
                        database,
                        "update purge set replayed = true, requested_at = ?2 where id = ?1",
                        id,
                        before.atOffset(ZoneOffset.UTC))
                .executeUpdate();
    }

    /** Adds what belongs to it, and says how much of that is new. */
    long gather(UUID id) {
        return number(query(database, "select purge_gather(?1)", id).getSingleResult());
    }

    boolean held(UUID id) {
        return (boolean) query(database, "select purge_held(?1)", id).getSingleResult();
    }

    void run(UUID id, UUID runId) {
        query(database, "update purge set run_id = ?2 where id = ?1", id, runId).executeUpdate();
    }

    Optional<PurgeRow> find(UUID id) {
        return rows(query(database, SELECT + " where p.id = ?1", id)).stream()
                .map(this::row)
                .findFirst();
    }

    Optional<PurgeRow> of(String kind, UUID subject) {
        return rows(
                        query(
                                database,
                                SELECT + " where p.subject_kind = ?1 and p.subject_id = ?2",
                                kind,
                                subject))
                .stream()
                .map(this::row)
                .findFirst();
    }

    /** Those of things that stood below an organization, the latest first. */
    List<PurgeRow> page(UUID organization, long from, int most) {
        return rows(
                        query(
                                database,
                                SELECT
                                        + BELOW
                                        + " order by p.requested_at desc, p.id offset ?2 limit ?3",
                                organization.toString(),
                                from,
                                most))
                .stream()
                .map(this::row)
                .toList();
    }

    long count(UUID organization) {
        return number(
                query(database, "select count(*) from purge p" + BELOW, organization.toString())
                        .getSingleResult());
    }

    /** Those in this state that nothing keeps from going on, oldest first. */
    List<PurgeRow> due(String state) {
        return rows(
                        query(
                                database,
                                SELECT
                                        + " where p.state = ?1 and (p.retry_at is null or p.retry_at <="
                                        + " coffer_now()) order by p.requested_at, p.id",
                                state))
                .stream()
                .map(this::row)
                .toList();
    }

    /**
     * Something stands in the way until {@code until}, or nobody knows until when.
     *
     * @return false when the same did before
     */
    boolean block(UUID id, String reason, @Nullable Instant until, Duration retry) {
        var news =
                !query(
                                database,
                                "select id from purge where id = ?1 and reason is distinct from ?2 for"
                                        + " update",
                                id,
                                reason)
                        .getResultList()
                        .isEmpty();
        query(
                        database,
                        """
                        update purge set reason = ?2, blocked_until = cast(?3 as timestamptz),
                               retry_at = greatest(coffer_now() + ?4 * interval '1 millisecond',
                                                   case when cast(?3 as timestamptz) is not null
                                                        then least(cast(?3 as timestamptz), coffer_now() + interval '6 hours') end)
                         where id = ?1 and state <> 'DONE'\
                        """,
                        id,
                        reason,
                        until == null ? null : until.toString(),
                        retry.toMillis())
                .executeUpdate();
        return news;
    }

    /** Nothing stands in the way any more; false when nothing did. */
    boolean unblock(UUID id) {
        return query(
                                database,
                                "update purge set reason = null, blocked_until = null, retry_at ="
                                        + " null where id = ?1 and reason is not null",
                                id)
                        .executeUpdate()
                == 1;
    }

    boolean move(UUID id, String from, String to) {
        return query(
                                database,
                                "update purge set state = ?3 where id = ?1 and state = ?2",
                                id,
                                from,
                                to)
                        .executeUpdate()
                == 1;
    }

    /** The last move, once; the receipt is what it says for ever. */
    boolean done(UUID id, Instant at, String receipt) {
        return query(
                                database,
                                """
                                update purge set state = 'DONE', completed_at = ?2, receipt = ?3, reason = null, blocked_until = null, retry_at = null
                                 where id = ?1 and state = 'CLEARING'\
                                """,
                                id,
                                at.atOffset(ZoneOffset.UTC),
                                receipt)
                        .executeUpdate()
                == 1;
    }

    private PurgeRow row(@Nullable Object[] row) {
        var id = (UUID) need(row[0]);
        return new PurgeRow(
                id,
                (String) need(row[1]),
                (UUID) need(row[2]),
                ids((String) need(row[3])),
                (String) need(row[4]),
                instant(need(row[5])),
                (String) need(row[6]),
                (UUID) row[7],
                (boolean) need(row[8]),
                instant(need(row[9])),
                time(row[10]),
                (String) row[11],
                time(row[12]),
                time(row[13]),
                counts(id),
                (String) row[14]);
    }

    private Map<String, Long> counts(UUID id) {
        var counts = new TreeMap<String, Long>();
        rows(query(database, "select thing, amount from purge_count where purge_id = ?1", id))
                .forEach(row -> counts.put((String) row[0], number(row[1])));
        return counts;
    }

    private static Object need(@Nullable Object value) {
        return java.util.Objects.requireNonNull(value);
    }

    private static @Nullable Instant time(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    static List<UUID> ids(String path) {
        return Stream.of(path.split("/"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }
}
