package coffer.job;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The batch desk: which jobs there are and how their runs stand; asks for runs, stops them and has
 * them go on. Any node takes an order; a node that is able carries it out within a second or two.
 * Who may give one is decided at the entrance.
 */
@ApplicationScoped
public class Jobs {

    private final JobViewLedger view;
    private final RunLedger runs;
    private final JobSettings settings;
    private final AuditTrail trail;
    private final Ids ids;
    private final Clock clock;

    @Inject
    Jobs(
            JobViewLedger view,
            RunLedger runs,
            JobSettings settings,
            AuditTrail trail,
            Ids ids,
            Clock clock) {
        this.view = view;
        this.runs = runs;
        this.settings = settings;
        this.trail = trail;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Jobs() {
        this(null, null, null, null, null, null);
    }

    /** Every job there is, in the order of their names. */
    @Transactional
    public List<JobRow> all() {
        var latest = view.latest();
        return JobDescription.ALL.stream()
                .sorted(java.util.Comparator.comparing(JobDescription::name))
                .map(job -> row(job, latest))
                .toList();
    }

    private JobRow row(JobDescription job, Map<String, JobRunRow> latest) {
        var schedule = settings.schedule(job.name());
        var last = latest.get(job.name());
        return new JobRow(
                job.name(),
                schedule.text(),
                schedule.zone().getId(),
                schedule.expression()
                        .map(expression -> expression.next(clock.instant()))
                        .orElse(null),
                job.parameters().stream()
                        .map(parameter ->
                                new JobRow.ParameterRow(
                                        parameter.name(),
                                        parameter.fallback(),
                                        parameter.allowed().pattern(),
                                        parameter.meaning()))
                        .toList(),
                last,
                last == null || last.ended() ? List.of("run") : List.of());
    }

    /** A page of a job's runs, newest first. */
    @Transactional
    public List<JobRunRow> runs(String job, long from, int most) {
        require(job);
        return view.list(job, from, most);
    }

    /** How many runs of a job are known. */
    @Transactional
    public long count(String job) {
        require(job);
        return view.count(job);
    }

    /** One run. */
    @Transactional
    public JobRunRow run(UUID id) {
        return view.find(id).orElseThrow(ProblemType.JOB_RUN_NOT_FOUND::withoutDetail);
    }

    /**
     * Asks for a run.
     *
     * @throws coffer.platform.Problem unknown job, parameters that it does not take, or a run of it
     *     that has not ended
     */
    @Transactional(rollbackOn = RuntimeException.class)
    public JobRunRow request(Caller caller, String job, Map<String, String> parameters) {
        var description = require(job);
        var faults = description.faults(parameters);
        if (!faults.isEmpty()) {
            throw ProblemType.VALIDATION.with(Map.of("errors", faults));
        }
        var id = ids.next();
        var whole = description.complete(parameters);
        runs.ask(id, job, caller.actor(), whole)
                .ifPresent(other -> {
                    throw ProblemType.JOB_ALREADY_RUNNING.with(Map.of("run_id", other.toString()));
                });
        trail.record(
                caller,
                "job.requested",
                "job-run:" + id,
                "done",
                Map.of("job", job, "parameters", whole));
        return run(id);
    }

    /** Has a run end after its chunk; it can go on later. */
    @Transactional(rollbackOn = RuntimeException.class)
    public JobRunRow stop(Caller caller, UUID id) {
        var run = view.lock(id).orElseThrow(ProblemType.JOB_RUN_NOT_FOUND::withoutDetail);
        switch (run.state()) {
            case OpenRun.WAITING -> view.mark(id, OpenRun.STOPPED);
            case OpenRun.RUNNING -> view.mark(id, OpenRun.STOPPING);
            case OpenRun.STOPPING -> {
                return run;
            }
            default -> throw ProblemType.JOB_RUN_ENDED.withoutDetail();
        }
        trail.record(caller, "job.stopped", "job-run:" + id, "done", Map.of("job", run.job()));
        return run(id);
    }

    /** Has a run that failed or was stopped go on where its last chunk ended. */
    @Transactional(rollbackOn = RuntimeException.class)
    public JobRunRow restart(Caller caller, UUID id) {
        var known = run(id);
        runs.lock(known.job());
        var run = view.lock(id).orElseThrow(ProblemType.JOB_RUN_NOT_FOUND::withoutDetail);
        if (!Set.of(OpenRun.FAILED, OpenRun.STOPPED).contains(run.state())) {
            throw ProblemType.JOB_RUN_NOT_RESTARTABLE.withoutDetail();
        }
        runs.unended(run.job())
                .ifPresent(other -> {
                    throw ProblemType.JOB_ALREADY_RUNNING.with(Map.of("run_id", other.toString()));
                });
        view.mark(id, OpenRun.WAITING);
        trail.record(caller, "job.restarted", "job-run:" + id, "done", Map.of("job", run.job()));
        return run(id);
    }

    private static JobDescription require(String job) {
        if (!JobDescription.exists(job)) {
            throw ProblemType.JOB_NOT_FOUND.withoutDetail();
        }
        return JobDescription.of(job);
    }
}
