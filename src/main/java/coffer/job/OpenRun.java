package coffer.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A run that has not ended, as the nodes see it at each look.
 *
 * @param at the instant it stands for: the scheduled one, or when it was asked for
 * @param due whether a waiting run may begin
 * @param node who runs it, or null while it waits
 * @param seenAt when that node was last seen, or null
 * @param epoch how often it has been begun; who holds an older one has lost the run
 * @param executionId Liberty's latest execution, or null before the first
 */
record OpenRun(
        UUID id,
        String job,
        String state,
        Instant at,
        boolean due,
        @Nullable String node,
        @Nullable Instant seenAt,
        int epoch,
        @Nullable Long executionId,
        Map<String, String> parameters) {

    static final String WAITING = "waiting";
    static final String RUNNING = "running";
    static final String STOPPING = "stopping";
    static final String STOPPED = "stopped";
    static final String FAILED = "failed";
    static final String COMPLETED = "completed";

    boolean waiting() {
        return state.equals(WAITING);
    }

    boolean stopping() {
        return state.equals(STOPPING);
    }
}
