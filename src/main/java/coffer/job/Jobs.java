package coffer.job;

import coffer.platform.Log;

import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Starts jobs so that no job ever runs twice at once, on however many nodes. */
@ApplicationScoped
public class Jobs {

    private static final Set<BatchStatus> UNDER_WAY =
            Set.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);
    private static final int LOOK_MILLIS = 50;

    private record Run(String job, Instant firingAt, long nextRenewalNanos) {}

    private final Map<Long, Run> runs = new ConcurrentHashMap<>();
    private final JobLedger ledger;
    private final JobSettings settings;
    private final Clock clock;

    @Inject
    Jobs(JobLedger ledger, JobSettings settings, Clock clock) {
        this.ledger = ledger;
        this.settings = settings;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Jobs() {
        this(null, null, null);
    }

    /** Every job there is. */
    public Set<String> names() {
        return settings.schedules().keySet();
    }

    /**
     * Starts the job on this node, now.
     *
     * @return the execution's id; empty when a run of the job is under way somewhere
     */
    public OptionalLong runNow(String name) {
        return fire(name, clock.instant());
    }

    /** Waits for an execution of this node to end; returns its status as it then is. */
    public String await(long executionId, Duration atMost) throws InterruptedException {
        var end = System.nanoTime() + atMost.toNanos();
        var status = status(executionId);
        while (UNDER_WAY.contains(status) && System.nanoTime() - end < 0) {
            Thread.sleep(LOOK_MILLIS);
            status = status(executionId);
        }
        if (!UNDER_WAY.contains(status)) {
            finish(executionId, status);
        }
        return status.name();
    }

    /** Starts the firing if this node wins it and the job does not run. */
    OptionalLong fire(String name, Instant at) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException("no such job: " + name);
        }
        return ledger.claim(name, at) && ledger.lock(name, at, settings.lease())
                ? OptionalLong.of(start(name, at))
                : OptionalLong.empty();
    }

    /** Renews the locks of what runs here, and gives back those of what has ended. */
    void watch() {
        for (var executionId : Set.copyOf(runs.keySet())) {
            var status = status(executionId);
            if (UNDER_WAY.contains(status)) {
                keep(executionId);
            } else {
                finish(executionId, status);
            }
        }
    }

    private long start(String name, Instant at) {
        long executionId;
        try {
            executionId = operator().start(name, new Properties());
        } catch (RuntimeException refused) {
            ledger.release(name, at);
            throw refused;
        }
        runs.put(executionId, run(name, at));
        ledger.started(name, at, executionId);
        return executionId;
    }

    private Run run(String name, Instant at) {
        return new Run(name, at, System.nanoTime() + settings.lease().toNanos() / 3);
    }

    private void keep(long executionId) {
        var run = runs.get(executionId);
        if (run == null || System.nanoTime() - run.nextRenewalNanos() < 0) {
            return;
        }
        if (ledger.renew(run.job(), run.firingAt(), settings.lease())) {
            runs.replace(executionId, run(run.job(), run.firingAt()));
        } else {
            runs.remove(executionId);
            Log.warn("job.lock_lost", "job", run.job(), "execution_id", executionId);
            operator().stop(executionId);
        }
    }

    private void finish(long executionId, BatchStatus status) {
        var run = runs.get(executionId);
        if (run != null) {
            ledger.release(run.job(), run.firingAt());
            runs.remove(executionId);
            if (status != BatchStatus.COMPLETED) {
                Log.warn(
                        "job.ended",
                        "job",
                        run.job(),
                        "execution_id",
                        executionId,
                        "status",
                        status);
            }
        }
    }

    private static BatchStatus status(long executionId) {
        return operator().getJobExecution(executionId).getBatchStatus();
    }

    private static JobOperator operator() {
        return BatchRuntime.getJobOperator();
    }
}
