package coffer.erasure;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An erasure as it stands.
 *
 * @param subjectKind {@code system} or {@code organization}
 * @param path where it stood in the tree when the erasure was asked for
 * @param state {@code FREEZING}, {@code ERASING}, {@code LOOKING}, {@code CLEARING} or {@code DONE}
 * @param runId the job's run that was begun for it
 * @param waitUntil until when somebody may still read or write
 * @param retryAt when it is tried again, if something stands in the way
 * @param reason what stands in the way
 * @param blockedUntil until when, if that is known
 * @param counts what has gone so far
 * @param receipt canonical JSON, once it is done
 */
public record PurgeRow(
        UUID id,
        String subjectKind,
        UUID subjectId,
        List<UUID> path,
        String state,
        Instant requestedAt,
        String requestedBy,
        @Nullable UUID runId,
        boolean replayed,
        Instant waitUntil,
        @Nullable Instant retryAt,
        @Nullable String reason,
        @Nullable Instant blockedUntil,
        @Nullable Instant completedAt,
        Map<String, Long> counts,
        @Nullable String receipt) {

    static final String SYSTEM = "system";
    static final String ORGANIZATION = "organization";

    /** Copies. */
    public PurgeRow {
        path = List.copyOf(path);
        counts = Map.copyOf(counts);
    }

    /** All is gone, and the receipt says so. */
    public boolean done() {
        return state.equals("DONE");
    }

    /** {@code purge:<uuid>}, as the audit trail names it. */
    public String subject() {
        return "purge:" + id;
    }
}
