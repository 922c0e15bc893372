package coffer.platform;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Knows whether this node hears its own pings. A ping counts from when it was sent, not from when
 * it came, and only once per sending: neither a delay nor a replay makes a deaf node believe it
 * hears.
 */
final class BusEar {

    /** Deaf after so long. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final long NEVER = Long.MIN_VALUE;
    private final LongSupplier nanos;
    private final ConcurrentHashMap<String, Long> sent = new ConcurrentHashMap<>();
    private final AtomicLong heard = new AtomicLong(NEVER);

    BusEar(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void sending(String ping) {
        var now = nanos.getAsLong();
        sent.values().removeIf(at -> now - at > PATIENCE.toNanos());
        sent.put(ping, now);
    }

    void hear(String ping) {
        var at = sent.remove(ping);
        if (at != null) {
            heard.accumulateAndGet(at, (old, now) -> old == NEVER || now - old > 0 ? now : old);
        }
    }

    boolean hears() {
        var at = heard.get();
        return at != NEVER && nanos.getAsLong() - at < PATIENCE.toNanos();
    }
}
