package coffer.erasure;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.backup.ErasureDesk.Condemned;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the steps of an erasure have before them; each reads its own progress here. */
@ApplicationScoped
class WorkLedger {

    static final String NOT_BLOCKED = " and (p.retry_at is null or p.retry_at <= coffer_now())";

    private final EntityManager database;

    @Inject
    WorkLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected WorkLedger() {
        this(null);
    }

    List<UUID> systems(UUID purge, boolean condemnedToo, UUID after, int most) {
        List<?> ids =
                query(
                                database,
                                """
                                select system_id from purge_system
                                 where purge_id = ?1 and (?2 or condemned_at is null) and system_id > ?3
                                 order by system_id limit ?4\
                                """,
                                purge,
                                condemnedToo,
                                after,
                                most)
                        .getResultList();
        return ids.stream().<UUID>map(UUID.class::cast).toList();
    }

    /** Nobody can read or write its bytes once this long has passed, and the last lease too. */
    void condemned(UUID purge, UUID system, Duration freeze, Optional<Instant> lease) {
        query(
                        database,
                        "update purge_system set condemned_at = coffer_now() where purge_id = ?1 and"
                                + " system_id = ?2",
                        purge,
                        system)
                .executeUpdate();
        query(
                        database,
                        """
                        update purge set wait_until = greatest(wait_until, coffer_now() + ?2 * interval '1 millisecond', cast(?3 as timestamptz))
                         where id = ?1\
                        """,
                        purge,
                        freeze.toMillis(),
                        lease.map(Instant::toString).orElse(null))
                .executeUpdate();
    }

    boolean waited(UUID purge) {
        return !query(
                        database,
                        "select id from purge where id = ?1 and wait_until <= coffer_now()",
                        purge)
                .getResultList()
                .isEmpty();
    }

    /** The next objects of all erasures that nothing stands in the way of. */
    List<PurgeWork.Item> objects(long after, int most) {
        return rows(
                        query(
                                database,
                                """
                                select s.purge_id, o.id, o.backup_id, o.destination, o.address
                                  from outbox o
                                  join backup b on b.id = o.backup_id
                                  join purge_system s on s.system_id = b.subject_id
                                  join purge p on p.id = s.purge_id
                                 where p.state = 'ERASING' and o.id > ?1\
                                """
                                        + NOT_BLOCKED
                                        + " order by o.id limit ?2",
                                after,
                                most))
                .stream()
                .map(row ->
                        new PurgeWork.Item(
                                (UUID) row[0],
                                new Condemned(
                                        number(row[1]),
                                        (UUID) row[2],
                                        (String) row[3],
                                        (String) row[4])))
                .toList();
    }

    long objectsLeft() {
        return number(
                query(
                                database,
                                """
                                select count(*) from outbox o
                                  join backup b on b.id = o.backup_id
                                  join purge_system s on s.system_id = b.subject_id
                                  join purge p on p.id = s.purge_id
                                 where p.state = 'ERASING'\
                                """
                                        + NOT_BLOCKED)
                        .getSingleResult());
    }

    long rowsLeft() {
        return number(
                query(
                                database,
                                """
                                select count(*) from purge_system s join purge p on p.id = s.purge_id
                                 where p.state = 'CLEARING' and p.logged_at is not null and s.cleared_at is null\
                                """
                                        + NOT_BLOCKED)
                        .getSingleResult());
    }

    boolean objectsLeft(UUID purge) {
        return !query(
                        database,
                        """
                        select o.id from purge_system s join backup b on b.subject_id = s.system_id
                          join outbox o on o.backup_id = b.id where s.purge_id = ?1 limit 1\
                        """,
                        purge)
                .getResultList()
                .isEmpty();
    }

    void count(UUID purge, String thing, long amount) {
        query(database, "select purge_add(?1, ?2, ?3), 1", purge, thing, amount).getResultList();
    }

    List<UUID> organizations(UUID purge) {
        List<?> ids =
                query(
                                database,
                                "select organization_id from purge_organization where purge_id = ?1"
                                        + " order by organization_id",
                                purge)
                        .getResultList();
        return ids.stream().<UUID>map(UUID.class::cast).toList();
    }

    boolean logged(UUID purge) {
        return !query(
                        database,
                        "select id from purge where id = ?1 and logged_at is not null",
                        purge)
                .getResultList()
                .isEmpty();
    }

    void log(UUID purge) {
        query(database, "update purge set logged_at = coffer_now() where id = ?1", purge)
                .executeUpdate();
    }

    void unlog(UUID purge) {
        query(database, "update purge set logged_at = null where id = ?1", purge).executeUpdate();
    }

    /** The next systems whose rows must go. */
    List<PurgeWork.Rows> rowsToClear(PurgeWork.@Nullable Rows after, int most) {
        return rows(
                        query(
                                database,
                                """
                                select s.purge_id, s.system_id from purge_system s join purge p on p.id = s.purge_id
                                 where p.state = 'CLEARING' and p.logged_at is not null and s.cleared_at is null
                                   and (s.purge_id, s.system_id) > (?1, ?2)\
                                """
                                        + NOT_BLOCKED
                                        + " order by s.purge_id, s.system_id limit ?3",
                                after == null ? new UUID(0, 0) : after.purgeId(),
                                after == null ? new UUID(0, 0) : after.systemId(),
                                most))
                .stream()
                .map(row -> new PurgeWork.Rows((UUID) row[0], (UUID) row[1]))
                .toList();
    }

    void clear(PurgeWork.Rows rows) {
        query(database, "select purge_system_rows(?1, ?2), 1", rows.purgeId(), rows.systemId())
                .getResultList();
        query(
                        database,
                        "update purge_system set cleared_at = coffer_now() where purge_id = ?1 and"
                                + " system_id = ?2",
                        rows.purgeId(),
                        rows.systemId())
                .executeUpdate();
    }

    boolean rowsLeft(UUID purge) {
        return !query(
                        database,
                        "select 1 from purge_system where purge_id = ?1 and cleared_at is null limit 1",
                        purge)
                .getResultList()
                .isEmpty();
    }

    void clearOrganizations(UUID purge) {
        query(database, "select purge_organization_rows(?1), 1", purge).getResultList();
    }
}
