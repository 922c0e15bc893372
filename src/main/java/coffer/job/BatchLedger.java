package coffer.job;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Liberty's own tables. Its {@code restart} refuses an execution that a dead node left running, and
 * writes FAILED onto one that a living node runs: so nobody calls it before these updates, and
 * nobody makes these updates before the node is known to be dead (docs/adr/0040).
 */
@ApplicationScoped
class BatchLedger {

    private static final int MOST_CLEARED = 500;
    private static final String IDS = "any(cast(string_to_array(?1, ',') as bigint[]))";

    private final EntityManager database;

    @Inject
    BatchLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BatchLedger() {
        this(null);
    }

    /**
     * The latest execution that was begun for a run, whoever died before noting it. Their ids are
     * in no order: each node takes them from a block of its own. One whose job was not written down
     * before its node died never did anything, and Liberty cannot restart it.
     */
    @Transactional(MANDATORY)
    OptionalLong latest(UUID run) {
        List<?> ids =
                query(
                                database,
                                """
                                select e.jobexecid from batch.jobparameter p join batch.jobexecution e on e.jobexecid = p.fk_jobexecid
                                  join batch.jobinstance i on i.jobinstanceid = e.fk_jobinstanceid
                                 where p.name = 'run' and p.value = ?1 and i.jobxml is not null order by e.execnum desc, e.createtime desc limit 1\
                                """,
                                run.toString())
                        .getResultList();
        return ids.stream().mapToLong(id -> number(id)).findFirst();
    }

    /**
     * Running becomes failed, as Liberty does with its own at a start, so that it can go on. A step
     * that died before its partitions were counted is forgotten: none of them ever began, and
     * Liberty would begin -1 of them.
     */
    @Transactional(MANDATORY)
    void fail(long executionId) {
        query(
                        database,
                        """
                        delete from batch.stepthreadinstance where partitioned and partitionplansize < 0
                           and fk_jobinstanceid = (select fk_jobinstanceid from batch.jobexecution where jobexecid = ?1)\
                        """,
                        executionId)
                .executeUpdate();
        query(
                        database,
                        """
                        update batch.stepthreadexecution set batchstatus = 4, exitstatus = 'FAILED', endtime = localtimestamp
                         where fk_jobexecid = ?1 and batchstatus in (0, 1, 2)\
                        """,
                        executionId)
                .executeUpdate();
        query(
                        database,
                        """
                        update batch.jobinstance set batchstatus = 4, instancestate = 4, exitstatus = 'FAILED',
                               updatetime = localtimestamp
                         where batchstatus in (0, 1, 2)
                           and jobinstanceid = (select fk_jobinstanceid from batch.jobexecution where jobexecid = ?1)\
                        """,
                        executionId)
                .executeUpdate();
        query(
                        database,
                        """
                        update batch.jobexecution set batchstatus = 4, exitstatus = 'FAILED', endtime = localtimestamp,
                               updatetime = localtimestamp
                         where jobexecid = ?1 and batchstatus in (0, 1, 2)\
                        """,
                        executionId)
                .executeUpdate();
    }

    /**
     * Clears instances older than {@code age}, a few at a time. Liberty keeps them for ever; two
     * jobs a minute would make a million rows a year.
     */
    @Transactional
    void clear(Duration age) {
        List<?> found =
                query(
                                database,
                                """
                                select jobinstanceid from batch.jobinstance
                                 where createtime < localtimestamp - ?1 * interval '1 second' and batchstatus not in (0, 1, 2)
                                 order by jobinstanceid limit ?2\
                                """,
                                age.toSeconds(),
                                MOST_CLEARED)
                        .getResultList();
        if (!found.isEmpty()) {
            clear(array(found));
        }
    }

    private void clear(String ids) {
        var executions =
                " in (select jobexecid from batch.jobexecution where fk_jobinstanceid = "
                        + IDS
                        + ")";
        for (var statement :
                List.of(
                        "batch.jobparameter where fk_jobexecid" + executions,
                        "batch.remotablepartition where fk_jobexecutionid" + executions,
                        "batch.groupassociation where fk_jobinstanceid = " + IDS,
                        "batch.stepthreadinstance where fk_jobinstanceid = " + IDS,
                        "batch.stepthreadexecution where fk_jobexecid" + executions,
                        "batch.jobexecution where fk_jobinstanceid = " + IDS,
                        "batch.jobinstance where jobinstanceid = " + IDS)) {
            query(database, "delete from " + statement, ids).executeUpdate();
        }
    }
}
