package coffer.platform;

import java.time.Duration;
import java.util.Optional;

/** A bus for tests without a server. */
public final class TestBus {

    private TestBus() {}

    /** Of a node that has no Redis and needs none. */
    @SuppressWarnings("NullAway")
    public static Bus alone() {
        var settings = new RedisSettings(Optional.empty(), Duration.ofSeconds(1), 1, "test", 1);
        return new Bus(new Redis(settings, null, null), TestKeys.ring(), null, null, null, null);
    }
}
