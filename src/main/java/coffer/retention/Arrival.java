package coffer.retention;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * The backup that is coming in: the newest from now on, and healthy once its bytes are stored.
 *
 * @param id its id
 * @param seq its place in the system's order; at admission the one that would be next
 * @param at when it is (or would be) sealed
 * @param sizeBytes its size, at admission the declared one
 */
public record Arrival(UUID id, long seq, Instant at, long sizeBytes) {

    /** Refuses a negative size. */
    public Arrival {
        Objects.requireNonNull(id);
        Objects.requireNonNull(at);
        if (sizeBytes < 0) {
            throw new IllegalArgumentException("a size must not be negative");
        }
    }
}
