package coffer.job;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a chunk says of its run, in its own transaction: that it is still ours, and how far it is.
 */
@ApplicationScoped
class ProgressLedger {

    private final EntityManager database;

    @Inject
    ProgressLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ProgressLedger() {
        this(null);
    }

    /**
     * True while this run is this node's; until the transaction ends nobody can take it away, but
     * by ending its session. It is a weak lock: progress and other chunks of the same run pass.
     */
    @Transactional(MANDATORY)
    boolean hold(UUID id, String node, int epoch) {
        query(
                        database,
                        "select pg_advisory_xact_lock_shared(hashtext('coffer.run'), hashtext(?1)), 1",
                        id.toString())
                .getResultList();
        return !query(
                        database,
                        "select id from job_run where id = ?1 and node = ?2 and epoch = ?3 and state in"
                                + " ('running', 'stopping') for key share",
                        id,
                        node,
                        epoch)
                .getResultList()
                .isEmpty();
    }

    /**
     * Ends the sessions that hold a run for a node that says nothing any more: what it had under
     * way is rolled back by the database, and when the node wakes it can commit none of it.
     *
     * @return how many there were
     */
    @Transactional(MANDATORY)
    long fence(UUID id, String node, int epoch) {
        return number(
                query(
                                database,
                                """
                                select count(*) from (
                                       select pg_terminate_backend(l.pid) from pg_locks l
                                        where l.locktype = 'advisory' and l.objsubid = 2 and l.granted and l.pid <> pg_backend_pid()
                                          and l.database = (select oid from pg_database where datname = current_database())
                                          and l.classid = cast(cast(hashtext('coffer.run') as bigint) & 4294967295 as oid)
                                          and l.objid = cast(cast(hashtext(?1) as bigint) & 4294967295 as oid)
                                          and exists (select from job_run where id = cast(?1 as uuid) and node = ?2 and epoch = ?3)) ended\
                                """,
                                id.toString(),
                                node,
                                epoch)
                        .getSingleResult());
    }

    /** Adds what a chunk has done; {@code total} stays as it is where it is null. */
    @Transactional(MANDATORY)
    void progress(
            UUID id,
            String step,
            int part,
            long done,
            @Nullable Long total,
            @Nullable String mark) {
        query(
                        database,
                        """
                        insert into job_progress as p (run_id, step, part, done, total, mark, began_at, updated_at)
                        values (?1, ?2, ?3, ?4, cast(?5 as bigint), ?6, coffer_now(), coffer_now())
                        on conflict (run_id, step, part) do update
                           set done = p.done + excluded.done, total = coalesce(excluded.total, p.total),
                               mark = coalesce(excluded.mark, p.mark), updated_at = excluded.updated_at\
                        """,
                        id,
                        step,
                        part,
                        done,
                        total == null ? null : total.toString(),
                        mark)
                .executeUpdate();
    }

    /** The total is what has been done, and what is left. */
    @Transactional(MANDATORY)
    void left(UUID id, String step, int part, long left) {
        progress(id, step, part, 0, left, null);
        query(
                        database,
                        "update job_progress set total = done + ?4 where run_id = ?1 and step = ?2 and"
                                + " part = ?3",
                        id,
                        step,
                        part,
                        left)
                .executeUpdate();
    }
}
