package coffer.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A run as operators see it.
 *
 * @param scheduledAt the instant it was fired for, or null where somebody asked for it
 * @param requestedBy an actor as the audit trail knows it
 * @param node who runs it, or ran it last
 * @param restarts how often it was begun again
 * @param steps how far each step is
 * @param itemsDone of the step under way
 * @param itemsTotal of the step under way, or null where nobody knows
 * @param itemsPerSecond since that step began
 * @param etaSeconds until that step ends at this rate
 */
public record JobRunRow(
        UUID id,
        String job,
        String state,
        @Nullable Instant scheduledAt,
        Instant requestedAt,
        String requestedBy,
        Map<String, String> parameters,
        @Nullable String node,
        int restarts,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String exitStatus,
        @Nullable String step,
        @Nullable Long itemsDone,
        @Nullable Long itemsTotal,
        @Nullable Double itemsPerSecond,
        @Nullable Long etaSeconds,
        @Nullable String checkpoint,
        List<StepRow> steps,
        List<String> actions) {

    /** Copies. */
    public JobRunRow {
        parameters = Map.copyOf(parameters);
        steps = List.copyOf(steps);
        actions = List.copyOf(actions);
    }

    /**
     * A step of a run, its partitions together.
     *
     * @param total null where nobody knows
     * @param mark the last item that is done
     */
    public record StepRow(
            String name,
            long done,
            @Nullable Long total,
            @Nullable String mark,
            Instant beganAt,
            Instant updatedAt) {}

    boolean ended() {
        return !state.equals(OpenRun.WAITING)
                && !state.equals(OpenRun.RUNNING)
                && !state.equals(OpenRun.STOPPING);
    }
}
