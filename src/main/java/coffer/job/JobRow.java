package coffer.job;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A job as operators see it.
 *
 * @param schedule calendar expression, or {@code off}
 * @param zone whose clock it follows
 * @param nextAt the next instant it fires for, before its jitter; null where it is off
 * @param lastRun its latest run, or null
 */
public record JobRow(
        String name,
        String schedule,
        String zone,
        @Nullable Instant nextAt,
        List<ParameterRow> parameters,
        @Nullable JobRunRow lastRun,
        List<String> actions) {

    /** Copies. */
    public JobRow {
        parameters = List.copyOf(parameters);
        actions = List.copyOf(actions);
    }

    /** What a run may be told. */
    public record ParameterRow(String name, String fallback, String allowed, String meaning) {}
}
