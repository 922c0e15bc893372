package coffer.job;

import coffer.platform.NodeIdentity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Firings, locks, and the clearing of what is old. Leases are counted in database time. */
@ApplicationScoped
class JobLedger {

    private static final int MOST_CLEARED = 500;

    private final EntityManager entities;
    private final NodeIdentity node;

    @Inject
    JobLedger(EntityManager entities, NodeIdentity node) {
        this.entities = entities;
        this.node = node;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected JobLedger() {
        this(null, null);
    }

    /** True for the one node that wins this firing. */
    @Transactional
    boolean claim(String job, Instant scheduledAt) {
        return update(
                        """
                        insert into job_firing (job, scheduled_at, node, claimed_at)
                        values (?, cast(? as timestamptz), ?, coffer_now())
                        on conflict do nothing
                        """,
                        job,
                        scheduledAt.toString(),
                        node.name())
                == 1;
    }

    /** Takes the job's lock, if nobody holds it any longer. */
    @Transactional
    boolean lock(String job, Instant firingAt, Duration lease) {
        return update(
                        """
                        insert into job_lock (job, node, firing_at, lease_until)
                        values (?, ?, cast(? as timestamptz), coffer_now() + cast(? as interval))
                        on conflict (job) do update
                        set node = excluded.node, firing_at = excluded.firing_at,
                            lease_until = excluded.lease_until
                        where job_lock.lease_until < coffer_now()
                        """,
                        job,
                        node.name(),
                        firingAt.toString(),
                        lease.toString())
                == 1;
    }

    /** Keeps the lock; false when it has gone to another. */
    @Transactional
    boolean renew(String job, Instant firingAt, Duration lease) {
        return update(
                        """
                        update job_lock set lease_until = coffer_now() + cast(? as interval)
                        where job = ? and node = ? and firing_at = cast(? as timestamptz)
                        """,
                        lease.toString(),
                        job,
                        node.name(),
                        firingAt.toString())
                == 1;
    }

    @Transactional
    void release(String job, Instant firingAt) {
        update(
                """
                delete from job_lock
                where job = ? and node = ? and firing_at = cast(? as timestamptz)
                """,
                job,
                node.name(),
                firingAt.toString());
    }

    @Transactional
    void started(String job, Instant firingAt, long executionId) {
        update(
                """
                update job_firing set execution_id = ?
                where job = ? and scheduled_at = cast(? as timestamptz)
                """,
                executionId,
                job,
                firingAt.toString());
    }

    /** A process of this name that held locks is gone: this one has just begun. */
    @Transactional
    void releaseAllOfThisNode() {
        update("delete from job_lock where node = ?", node.name());
    }

    /**
     * Clears firings and job executions older than {@code age}. Liberty keeps executions for ever;
     * two jobs a minute would make a million rows a year.
     */
    @Transactional
    void clear(Duration age) {
        update(
                "delete from job_firing where scheduled_at < clock_timestamp() - cast(? as"
                        + " interval)",
                age.toString());
        var ids = oldInstances(age);
        if (!ids.equals("{}")) {
            clearInstances(ids);
        }
    }

    private String oldInstances(Duration age) {
        List<?> ids =
                entities.createNativeQuery(
                                """
                                select jobinstanceid from batch.jobinstance
                                where createtime < localtimestamp - cast(? as interval)
                                order by jobinstanceid
                                """)
                        .setParameter(1, age.toString())
                        .setMaxResults(MOST_CLEARED)
                        .getResultList();
        return ids.stream().map(String::valueOf).collect(Collectors.joining(",", "{", "}"));
    }

    private void clearInstances(String ids) {
        var executions =
                " in (select jobexecid from batch.jobexecution"
                        + " where fk_jobinstanceid = any(cast(? as bigint[])))";
        update("delete from batch.jobparameter where fk_jobexecid" + executions, ids);
        update("delete from batch.remotablepartition where fk_jobexecutionid" + executions, ids);
        for (var table : List.of("groupassociation", "stepthreadinstance")) {
            update(
                    "delete from batch."
                            + table
                            + " where fk_jobinstanceid = any(cast(? as bigint[]))",
                    ids);
        }
        update("delete from batch.stepthreadexecution where fk_jobexecid" + executions, ids);
        for (var table : List.of("jobexecution", "jobinstance")) {
            var column = table.equals("jobinstance") ? "jobinstanceid" : "fk_jobinstanceid";
            update(
                    "delete from batch."
                            + table
                            + " where "
                            + column
                            + " = any(cast(? as bigint[]))",
                    ids);
        }
    }

    private int update(String sql, Object... values) {
        var query = entities.createNativeQuery(sql);
        for (var i = 0; i < values.length; i++) {
            query.setParameter(i + 1, values[i]);
        }
        return query.executeUpdate();
    }
}
