package coffer.job;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Which nodes have said nothing for so long that they are dead. It compares signs of life with each
 * other and counts by its own monotonic clock: no difference between clocks, and no jump of one,
 * makes a living node look dead. Nor does a time in which this node itself did not look, because it
 * stood still or the database was away: then it counts anew.
 */
final class Silence {

    private record Sign(@Nullable Instant seenAt, long heardNanos, long lookedNanos) {}

    private final Map<String, Sign> signs = new HashMap<>();
    private final Duration longest;
    private final LongSupplier nanos;

    Silence(Duration longest, LongSupplier nanos) {
        this.longest = longest;
        this.nanos = nanos;
    }

    /** Told at every look; true once the sign of life has been the same for too long. */
    synchronized boolean tooLong(String node, @Nullable Instant seenAt) {
        var now = nanos.getAsLong();
        var sign = signs.get(node);
        if (sign == null
                || !Objects.equals(sign.seenAt(), seenAt)
                || now - sign.lookedNanos() > longest.toNanos() / 2) {
            signs.put(node, new Sign(seenAt, now, now));
            return false;
        }
        signs.put(node, new Sign(seenAt, sign.heardNanos(), now));
        return now - sign.heardNanos() >= longest.toNanos();
    }
}
