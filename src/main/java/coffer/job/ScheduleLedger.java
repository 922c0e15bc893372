package coffer.job;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Instant;

/** What each job was last fired for. */
@ApplicationScoped
class ScheduleLedger {

    private final EntityManager database;

    @Inject
    ScheduleLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ScheduleLedger() {
        this(null);
    }

    /**
     * The instant from which firings count: the last one, or the beginning of this schedule. A
     * changed expression begins anew, so that nothing is made up for that was never due.
     */
    @Transactional
    Instant since(String job, String expression, String zone) {
        query(
                        database,
                        """
                        insert into job_schedule as s (job, expression, zone, since) values (?1, ?2, ?3, coffer_now())
                        on conflict (job) do update
                           set expression = excluded.expression, zone = excluded.zone, since = excluded.since, last_at = null
                         where (s.expression, s.zone) is distinct from (excluded.expression, excluded.zone)\
                        """,
                        job,
                        expression,
                        zone)
                .executeUpdate();
        var row =
                rows(query(
                                database,
                                "select coalesce(last_at, since), 1 from job_schedule where job"
                                        + " = ?1",
                                job))
                        .getFirst();
        return instant(row[0]);
    }

    /** It has been fired for this instant, by whichever node. */
    @Transactional(MANDATORY)
    void fired(String job, Instant at) {
        query(
                        database,
                        """
                        update job_schedule set last_at = greatest(last_at, cast(?2 as timestamptz)) where job = ?1\
                        """,
                        job,
                        at.toString())
                .executeUpdate();
    }
}
