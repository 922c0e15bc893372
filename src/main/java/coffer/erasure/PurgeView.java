package coffer.erasure;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * An erasure on the wire.
 *
 * @param state {@code pending} until all of it is true, then {@code done}
 * @param step {@code freezing}, {@code erasing}, {@code looking}, {@code clearing} or {@code done}
 * @param waitUntil until when somebody may still read or write
 * @param reason what stands in the way, or null
 * @param blockedUntil until when, if that is known
 * @param retryAt when it is tried again
 * @param erased objects and rows that are gone so far
 * @param actions what may be done with it
 */
public record PurgeView(
        UUID id,
        String subjectKind,
        UUID subjectId,
        String state,
        String step,
        @Nullable UUID jobId,
        Instant requestedAt,
        String requestedBy,
        boolean replayed,
        Instant waitUntil,
        @Nullable String reason,
        @Nullable Instant blockedUntil,
        @Nullable Instant retryAt,
        @Nullable Instant completedAt,
        Map<String, Long> erased,
        List<String> actions) {

    /** Copies. */
    public PurgeView {
        erased = Map.copyOf(erased);
        actions = List.copyOf(actions);
    }

    static PurgeView of(PurgeRow row) {
        return new PurgeView(
                row.id(),
                row.subjectKind(),
                row.subjectId(),
                row.done() ? "done" : "pending",
                row.state().toLowerCase(Locale.ROOT),
                row.runId(),
                row.requestedAt(),
                row.requestedBy(),
                row.replayed(),
                row.waitUntil(),
                row.reason(),
                row.blockedUntil(),
                row.retryAt(),
                row.completedAt(),
                row.counts(),
                row.done() ? List.of("receipt") : List.of());
    }
}
