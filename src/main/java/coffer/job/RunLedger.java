package coffer.job;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.web.Json;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Runs that have not ended, and their moves. Each move is one conditional update. */
@ApplicationScoped
class RunLedger {

    /** No word and no value of a parameter has it. */
    private static final String SEPARATOR = "\u001f";

    private static final String MINE =
            " where id = ?1 and node = ?2 and epoch = ?3 and state in ('running', 'stopping')";

    private final EntityManager database;

    @Inject
    RunLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RunLedger() {
        this(null);
    }

    /** Every run that has not ended: a handful. */
    @Transactional
    List<OpenRun> open() {
        return rows(
                        query(
                                database,
                                """
                                select r.id, r.job, r.state, coalesce(r.scheduled_at, r.requested_at),
                                       r.not_before <= coffer_now(), r.node, n.seen_at, r.epoch, r.execution_id,
                                       cast(r.parameters as text)
                                  from job_run r left join node n on n.name = r.node
                                 where r.state in ('waiting', 'running', 'stopping')
                                 order by r.not_before, r.id\
                                """))
                .stream()
                .map(RunLedger::open)
                .toList();
    }

    private static OpenRun open(Object[] row) {
        return new OpenRun(
                (UUID) row[0],
                (String) row[1],
                (String) row[2],
                instant(row[3]),
                (boolean) row[4],
                (String) row[5],
                row[6] == null ? null : instant(row[6]),
                (int) number(row[7]),
                row[8] == null ? null : number(row[8]),
                parameters((String) row[9]));
    }

    static Map<String, String> parameters(String json) {
        var parameters = new LinkedHashMap<String, String>();
        Map<?, ?> read = Json.read(json, Map.class);
        read.forEach((key, value) -> parameters.put(String.valueOf(key), String.valueOf(value)));
        return parameters;
    }

    /**
     * Adds a run that somebody asked for; empty if one of this key has not ended.
     *
     * @return the run that stands in the way, if there is one
     */
    @Transactional(MANDATORY)
    Optional<UUID> ask(UUID id, String job, String by, Map<String, String> parameters) {
        lock(job);
        var other = unended(job);
        if (other.isEmpty()) {
            query(
                            database,
                            """
                            insert into job_run (id, job, not_before, requested_at, requested_by, parameters, exclusive_key, state)
                            values (?1, ?2, coffer_now(), coffer_now(), ?3, jsonb_object(string_to_array(?4, chr(31)), string_to_array(?5, chr(31))), ?2, 'waiting')\
                            """,
                            id,
                            job,
                            by,
                            String.join(SEPARATOR, parameters.keySet()),
                            String.join(SEPARATOR, parameters.values()))
                    .executeUpdate();
        }
        return other;
    }

    /** Two that want to begin the same job take turns until their transactions end. */
    @Transactional(MANDATORY)
    void lock(String exclusiveKey) {
        query(
                        database,
                        "select pg_advisory_xact_lock(hashtext('coffer.job'), hashtext(?1)), 1",
                        exclusiveKey)
                .getResultList();
    }

    @Transactional(MANDATORY)
    Optional<UUID> unended(String exclusiveKey) {
        List<?> ids =
                query(
                                database,
                                """
                                select id from job_run where exclusive_key = ?1
                                   and state in ('waiting', 'running', 'stopping') order by id limit 1\
                                """,
                                exclusiveKey)
                        .getResultList();
        return ids.stream().<UUID>map(UUID.class::cast).findFirst();
    }

    /** Waiting to running on {@code node}; false if another node, or another run, was first. */
    @Transactional
    boolean claim(OpenRun run, String node) {
        lock(run.job());
        return query(
                                database,
                                """
                                update job_run r set state = 'running', node = ?2, epoch = epoch + 1,
                                       started_at = coalesce(started_at, coffer_now()), ended_at = null, exit_status = null
                                 where id = ?1 and state = 'waiting' and epoch = ?3 and not exists (
                                       select from job_run o where o.exclusive_key = r.exclusive_key
                                          and o.state in ('running', 'stopping'))\
                                """,
                                run.id(),
                                node,
                                run.epoch())
                        .executeUpdate()
                == 1;
    }

    /** Which execution of Liberty's it is now. */
    @Transactional
    void began(UUID id, String node, int epoch, long executionId) {
        query(database, "update job_run set execution_id = ?4" + MINE, id, node, epoch, executionId)
                .executeUpdate();
    }

    /** The run's end; false when it had gone to another node. */
    @Transactional(MANDATORY)
    boolean end(UUID id, String node, int epoch, String state, @Nullable String exitStatus) {
        return query(
                                database,
                                "update job_run set state = ?4, exit_status = ?5, ended_at ="
                                        + " coffer_now()"
                                        + MINE,
                                id,
                                node,
                                epoch,
                                state,
                                exitStatus)
                        .executeUpdate()
                == 1;
    }

    /**
     * Takes the run from the node that held it; the next that is able goes on with this execution,
     * or begins anew where there is none.
     */
    @Transactional(MANDATORY)
    void putBack(UUID id, @Nullable Long executionId) {
        query(
                        database,
                        """
                        update job_run set state = 'waiting', node = null, execution_id = cast(?2 as bigint) where id = ?1\
                        """,
                        id,
                        executionId == null ? null : executionId.toString())
                .executeUpdate();
    }

    /**
     * Locks the row of a run that this node still seems to hold; false if not, or if one of its
     * chunks is under way, which is a sign of life.
     */
    @Transactional(MANDATORY)
    boolean take(UUID id, String node, int epoch) {
        return !query(
                        database,
                        "select id from job_run" + MINE + " for update skip locked",
                        id,
                        node,
                        epoch)
                .getResultList()
                .isEmpty();
    }

    /** Clears runs that ended longer than {@code age} ago. */
    @Transactional
    void clear(Duration age) {
        query(
                        database,
                        """
                        delete from job_run where requested_at < coffer_now() - ?1 * interval '1 second'
                           and state not in ('waiting', 'running', 'stopping')\
                        """,
                        age.toSeconds())
                .executeUpdate();
    }

    /** A scheduled run; false if another node made it, for it is one row an instant. */
    @Transactional(MANDATORY)
    boolean schedule(
            UUID id, String job, Instant at, Duration later, Map<String, String> parameters) {
        return query(
                                database,
                                """
                                insert into job_run (id, job, scheduled_at, not_before, requested_at, requested_by, parameters,
                                                     exclusive_key, state, ended_at)
                                select ?1, ?2, cast(?3 as timestamptz), cast(?3 as timestamptz) + ?4 * interval '1 millisecond', coffer_now(),
                                       'coffer:schedule', jsonb_object(string_to_array(?5, chr(31)), string_to_array(?6, chr(31))), ?2, s.state, case when s.state = 'skipped' then coffer_now() end
                                  from (select case when exists (
                                                select from job_run where exclusive_key = ?2 and state in ('waiting', 'running', 'stopping'))
                                               then 'skipped' else 'waiting' end as state) s
                                on conflict do nothing\
                                """,
                                id,
                                job,
                                at.toString(),
                                later.toMillis(),
                                String.join(SEPARATOR, parameters.keySet()),
                                String.join(SEPARATOR, parameters.values()))
                        .executeUpdate()
                == 1;
    }
}
