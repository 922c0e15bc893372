package coffer.job;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Makes {@link JobRunRow}s of what the catalogue has. */
final class JobView {

    private JobView() {}

    static JobRunRow run(
            Object[] row, Map<String, String> parameters, List<JobRunRow.StepRow> steps) {
        var state = (String) row[2];
        var step = steps.isEmpty() ? null : steps.getLast();
        var rate = step == null ? null : rate(step);
        return new JobRunRow(
                (UUID) row[0],
                (String) row[1],
                state,
                at(row[3]),
                instant(row[4]),
                (String) row[5],
                parameters,
                (String) row[7],
                (int) Math.max(0, number(row[8]) - 1),
                at(row[9]),
                at(row[10]),
                (String) row[11],
                step == null ? null : step.name(),
                step == null ? null : step.done(),
                step == null ? null : step.total(),
                rate,
                state.equals(OpenRun.RUNNING) ? eta(step, rate) : null,
                step == null ? null : step.mark(),
                steps,
                actions(state));
    }

    static JobRunRow.StepRow step(Object[] row) {
        return new JobRunRow.StepRow(
                (String) row[1],
                number(row[2]),
                row[3] == null ? null : number(row[3]),
                (String) row[4],
                instant(row[5]),
                instant(row[6]));
    }

    private static @Nullable Double rate(JobRunRow.StepRow step) {
        var millis = Duration.between(step.beganAt(), step.updatedAt()).toMillis();
        return millis <= 0 ? null : Math.round(step.done() * 10_000.0 / millis) / 10.0;
    }

    private static @Nullable Long eta(JobRunRow.@Nullable StepRow step, @Nullable Double rate) {
        var total = step == null ? null : step.total();
        return step == null || total == null || rate == null || rate <= 0
                ? null
                : Math.max(0, Math.round((total - step.done()) / rate));
    }

    private static @Nullable Instant at(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    private static List<String> actions(String state) {
        return switch (state) {
            case OpenRun.WAITING, OpenRun.RUNNING -> List.of("stop");
            case OpenRun.FAILED, OpenRun.STOPPED -> List.of("restart");
            default -> List.of();
        };
    }
}
