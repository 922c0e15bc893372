package coffer.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Optional;

/**
 * Which live backups a policy keeps: the last one of each of the newest so many hours, days, weeks
 * and months that have any, and all that came within a time before the newest. The rest goes to the
 * trash. Periods without a backup are not counted and the newest backup is the reference, so a
 * system that falls silent loses nothing. The caps stand above this.
 *
 * @param zone whose calendar the periods follow; a day may have 23 or 25 hours there, and an hour
 *     that the clock repeats is two
 * @param hourly how many hours, 0 for none
 * @param daily how many days
 * @param weekly how many weeks, from Monday (ISO 8601)
 * @param monthly how many months
 * @param keepWithin everything this close to the newest backup stays
 */
public record Generations(
        ZoneId zone,
        int hourly,
        int daily,
        int weekly,
        int monthly,
        Optional<Duration> keepWithin) {

    /** Refuses a policy that keeps nothing. */
    public Generations {
        Objects.requireNonNull(zone);
        if (hourly < 0 || daily < 0 || weekly < 0 || monthly < 0) {
            throw new IllegalArgumentException("a number of generations must not be negative");
        }
        if (keepWithin.filter(Duration::isNegative).isPresent()) {
            throw new IllegalArgumentException("keep-within must not be negative");
        }
        if (hourly + daily + weekly + monthly == 0 && keepWithin.isEmpty()) {
            throw new IllegalArgumentException("generations must keep something");
        }
    }

    /** Still near enough to the newest backup to be kept for that alone. */
    boolean within(Instant uploadedAt, Instant newest) {
        return keepWithin.filter(span -> !uploadedAt.isBefore(newest.minus(span))).isPresent();
    }
}
