package coffer.fleet.backups;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A backup as people see it; the first six are what the appliance sees, too.
 *
 * @param state {@code stored} or {@code trashed}
 * @param contentKind what the first bytes looked like
 * @param health the best of its copies: {@code verified}, {@code stored}, {@code corrupt} or {@code
 *     missing}
 * @param pinnedUntil null for a pin without an end, and for none
 * @param held by a legal hold
 * @param trashedBy {@code retention}, {@code appliance} or {@code person}
 * @param actions what this caller may do to it
 */
public record SystemBackupView(
        String id,
        String filename,
        long size,
        String sha256,
        String mimetype,
        Instant uploadedAt,
        String state,
        @Nullable String contentKind,
        String health,
        boolean pinned,
        @Nullable Instant pinnedUntil,
        boolean held,
        @Nullable Instant trashedAt,
        @Nullable String trashedBy,
        List<String> actions) {}
