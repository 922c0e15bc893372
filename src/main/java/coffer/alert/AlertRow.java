package coffer.alert;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An alert as a person sees it.
 *
 * @param severity {@code critical}, {@code warning} or {@code info}
 * @param subject what it is about, {@code system:<uuid>} or {@code job:<name>}
 * @param arguments figures for its text, JSON
 * @param resolvedAt when its facts were gone; null while it is open
 * @param acknowledgedBy the name of who has seen it, or null
 * @param system that it is about, or null
 * @param systemName its name
 * @param organizationName whose it is; null for what concerns the whole installation
 * @param actions what this caller may do to it
 */
public record AlertRow(
        UUID id,
        String code,
        String severity,
        String subject,
        String arguments,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        @Nullable Instant acknowledgedAt,
        @Nullable String acknowledgedBy,
        @Nullable String note,
        @Nullable UUID system,
        @Nullable String systemName,
        @Nullable String organizationName,
        List<String> actions) {

    /** Copies. */
    public AlertRow {
        actions = List.copyOf(actions);
    }

    AlertRow with(List<String> allowed) {
        return new AlertRow(
                id,
                code,
                severity,
                subject,
                arguments,
                openedAt,
                resolvedAt,
                acknowledgedAt,
                acknowledgedBy,
                note,
                system,
                systemName,
                organizationName,
                allowed);
    }
}
