package coffer.job;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Runs as operators see them, and the marks that operators make on them. */
@ApplicationScoped
class JobViewLedger {

    private static final String COLUMNS =
            """
            select r.id, r.job, r.state, r.scheduled_at, r.requested_at, r.requested_by,
                   cast(r.parameters as text), r.node, r.epoch, r.started_at, r.ended_at, r.exit_status
              from job_run r
            """;

    private final EntityManager database;

    @Inject
    JobViewLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected JobViewLedger() {
        this(null);
    }

    Optional<JobRunRow> find(UUID id) {
        return whole(rows(query(database, COLUMNS + "where r.id = ?1", id))).stream().findFirst();
    }

    /** Locks the row until the transaction ends. */
    Optional<JobRunRow> lock(UUID id) {
        return whole(rows(query(database, COLUMNS + "where r.id = ?1 for no key update", id)))
                .stream()
                .findFirst();
    }

    /** Newest first. */
    List<JobRunRow> list(String job, long from, int most) {
        return whole(
                rows(
                        query(
                                database,
                                COLUMNS
                                        + "where r.job = ?1 order by r.requested_at desc, r.id desc"
                                        + " offset ?2 limit ?3",
                                job,
                                from,
                                most)));
    }

    long count(String job) {
        return number(
                query(database, "select count(*) from job_run where job = ?1", job)
                        .getSingleResult());
    }

    /** The latest run of each job. */
    Map<String, JobRunRow> latest() {
        return whole(
                        rows(
                                query(
                                        database,
                                        """
                                        select distinct on (r.job) r.id, r.job, r.state, r.scheduled_at, r.requested_at, r.requested_by,
                                               cast(r.parameters as text), r.node, r.epoch, r.started_at, r.ended_at, r.exit_status
                                          from job_run r order by r.job, r.requested_at desc, r.id desc\
                                        """)))
                .stream()
                .collect(Collectors.toMap(JobRunRow::job, row -> row));
    }

    /** What the run's node, or the next that would begin it, is to know. */
    void mark(UUID id, String state) {
        query(
                        database,
                        """
                        update job_run set state = ?2,
                               not_before = case when ?2 = 'waiting' then coffer_now() else not_before end,
                               ended_at = case when ?2 = 'stopped' then coffer_now() end
                         where id = ?1\
                        """,
                        id,
                        state)
                .executeUpdate();
    }

    private List<JobRunRow> whole(List<Object[]> runs) {
        if (runs.isEmpty()) {
            return List.of();
        }
        var steps =
                rows(
                                query(
                                        database,
                                        """
                                        select run_id, step, sum(done), case when count(total) > 0 then sum(total) end, max(mark),
                                               min(began_at), max(updated_at)
                                          from job_progress where run_id = any(cast(string_to_array(?1, ',') as uuid[]))
                                         group by run_id, step order by min(began_at), step\
                                        """,
                                        array(runs.stream().map(row -> row[0]).toList())))
                        .stream()
                        .collect(
                                Collectors.groupingBy(
                                        row -> (UUID) row[0],
                                        Collectors.mapping(JobView::step, Collectors.toList())));
        return runs.stream()
                .map(row ->
                        JobView.run(
                                row,
                                RunLedger.parameters((String) row[6]),
                                steps.getOrDefault((UUID) row[0], List.of())))
                .toList();
    }
}
