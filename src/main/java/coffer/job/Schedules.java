package coffer.job;

import coffer.platform.Executors;
import coffer.platform.NodeSettings;
import coffer.platform.Schema;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import java.time.Duration;

/** The clockwork of the batch desk: runs on every node with the role {@code jobs}. */
@ApplicationScoped
public class Schedules {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration CLEAR = Duration.ofHours(1);
    private static final Duration EXECUTIONS_KEPT = Duration.ofDays(7);
    private static final Duration RUNS_KEPT = Duration.ofDays(30);

    private final Runner runner;
    private final FiringDesk desk;
    private final RunLedger runs;
    private final BatchLedger executions;
    private final NodeSettings node;
    private final Executors executors;

    @Inject
    Schedules(
            Runner runner,
            FiringDesk desk,
            RunLedger runs,
            BatchLedger executions,
            NodeSettings node,
            Executors executors) {
        this.runner = runner;
        this.desk = desk;
        this.runs = runs;
        this.executions = executions;
        this.node = node;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Schedules() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        if (node.has("jobs")) {
            executors.every(LOOK, "job.fire", desk::fireWhatIsDue);
            executors.every(LOOK, "job.run", runner::look);
            executors.every(CLEAR, "job.clear", this::clear);
        }
    }

    private void clear() {
        executions.clear(EXECUTIONS_KEPT);
        runs.clear(RUNS_KEPT);
    }
}
