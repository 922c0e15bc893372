package coffer.alert;

import org.jspecify.annotations.Nullable;

/**
 * Which alerts; null is any.
 *
 * @param open true: those whose facts last; false: past ones
 * @param severity {@code critical}, {@code warning} or {@code info}
 * @param code {@code backup.overdue}
 * @param acknowledged whether somebody has seen it
 */
public record AlertFilter(
        boolean open,
        @Nullable String severity,
        @Nullable String code,
        @Nullable Boolean acknowledged) {}
