package coffer.job;

import jakarta.batch.operations.JobExecutionNotRunningException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.Properties;
import java.util.Set;

/** The container's job operator, in this folder's words. */
@ApplicationScoped
class Batch {

    private static final Set<BatchStatus> UNDER_WAY =
            Set.of(BatchStatus.STARTING, BatchStatus.STARTED, BatchStatus.STOPPING);

    /** How an execution stands. */
    record Standing(boolean underWay, String state, @Nullable String exitStatus) {}

    @Inject
    Batch() {}

    /** Begins a run, or goes on with it where its last execution ended. */
    long begin(OpenRun run, int epoch) {
        var properties = new Properties();
        properties.putAll(run.parameters());
        properties.setProperty("run", run.id().toString());
        properties.setProperty("epoch", Integer.toString(epoch));
        properties.setProperty("at", run.at().toString());
        var before = run.executionId();
        return before == null
                ? operator().start(run.job(), properties)
                : operator().restart(before, properties);
    }

    /**
     * Asks an execution of this node to end after its chunk.
     *
     * @return false when it does not run, whatever its row says: Liberty tries for fifty seconds to
     *     write down how one ended, and then leaves it as running for ever
     */
    boolean stop(long executionId) {
        try {
            operator().stop(executionId);
            return true;
        } catch (JobExecutionNotRunningException ended) {
            return false;
        }
    }

    Standing standing(long executionId) {
        var execution = operator().getJobExecution(executionId);
        var status = execution.getBatchStatus();
        var state =
                switch (status) {
                    case COMPLETED -> OpenRun.COMPLETED;
                    case STOPPED -> OpenRun.STOPPED;
                    case STARTING, STARTED -> OpenRun.RUNNING;
                    case STOPPING -> OpenRun.STOPPING;
                    case FAILED, ABANDONED -> OpenRun.FAILED;
                };
        return new Standing(UNDER_WAY.contains(status), state, execution.getExitStatus());
    }

    private static JobOperator operator() {
        return BatchRuntime.getJobOperator();
    }
}
