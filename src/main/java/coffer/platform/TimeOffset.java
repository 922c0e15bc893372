package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How far the time of a test or demo database is moved (invariant 10), and the {@link Clock} that
 * moves with it. In production it is zero, which the schema enforces.
 */
@ApplicationScoped
public class TimeOffset {

    private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

    @Inject
    TimeOffset() {}

    /** The one clock of the application; ticks in microseconds, as PostgreSQL does. */
    @Produces
    @Singleton
    Clock clock() {
        return new OffsetClock(offset, ZoneOffset.UTC);
    }

    void move(Duration by) {
        offset.set(by);
    }

    /** The system's clock plus the offset of the moment. */
    private static final class OffsetClock extends Clock {

        private final AtomicReference<Duration> offset;
        private final ZoneId zone;

        OffsetClock(AtomicReference<Duration> offset, ZoneId zone) {
            this.offset = offset;
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new OffsetClock(offset, other);
        }

        @Override
        public Instant instant() {
            return Instant.now().truncatedTo(ChronoUnit.MICROS).plus(offset.get());
        }
    }
}
