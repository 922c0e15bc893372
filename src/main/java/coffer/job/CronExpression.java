package coffer.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;

/**
 * A calendar expression in a zone: {@code [seconds] minutes hours days months weekdays}.
 *
 * <p>Exact where clocks are changed. An expression that names hours follows the clock on the wall:
 * what falls into an hour that is skipped fires once, when the gap ends; what falls into an hour
 * that comes twice fires in the first of the two. An expression for every hour follows elapsed time
 * instead, so a job of every minute has neither a pause nor a burst.
 */
final class CronExpression {

    private static final int LONGEST_DAYS = 366 * 8 + 2; // 29 February across a century's end
    private static final List<Duration> WINDOWS =
            List.of(
                    Duration.ofMinutes(1),
                    Duration.ofHours(1),
                    Duration.ofDays(1),
                    Duration.ofDays(32),
                    Duration.ofDays(370));

    private final CronField seconds;
    private final CronField minutes;
    private final CronField hours;
    private final CronField days;
    private final CronField months;
    private final CronField weekdays;
    private final ZoneId zone;

    private CronExpression(List<String> fields, ZoneId zone) {
        this.seconds = CronField.parse(fields.get(0), 0, 59, "");
        this.minutes = CronField.parse(fields.get(1), 0, 59, "");
        this.hours = CronField.parse(fields.get(2), 0, 23, "");
        this.days = CronField.parse(fields.get(3), 1, 31, "");
        this.months = CronField.parse(fields.get(4), 1, 12, CronField.MONTHS);
        this.weekdays = CronField.parse(fields.get(5), 0, 7, CronField.WEEKDAYS);
        this.zone = zone;
    }

    /**
     * Reads five fields, or six with the seconds first.
     *
     * @throws IllegalArgumentException for anything else, and for what never comes
     */
    static CronExpression parse(String text, ZoneId zone) {
        var fields = List.of(text.strip().split("\\s+"));
        if (fields.size() != 5 && fields.size() != 6) {
            throw new IllegalArgumentException("not five or six fields: " + text);
        }
        var six = new java.util.ArrayList<>(fields);
        if (fields.size() == 5) {
            six.addFirst("0");
        }
        var expression = new CronExpression(six, zone);
        if (expression.nextLocal(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw new IllegalArgumentException("never comes: " + text);
        }
        return expression;
    }

    /** The zone whose clock it follows. */
    ZoneId zone() {
        return zone;
    }

    /** The first firing after {@code after}. */
    Instant next(Instant after) {
        var rules = zone.getRules();
        var from = after.truncatedTo(ChronoUnit.SECONDS);
        var base = local(from, rules.getOffset(from));
        var before = rules.previousTransition(from.plusNanos(1));
        if (repeats(before) && base.isBefore(before.getDateTimeBefore())) {
            base = before.getDateTimeBefore().minusSeconds(1);
        }
        while (true) {
            var offset = rules.getOffset(from);
            var change = rules.nextTransition(from);
            var found = nextLocal(base);
            if (found.isPresent()) {
                var instant = found.get().toInstant(offset);
                if (change == null || instant.isBefore(change.getInstant())) {
                    return instant;
                }
            }
            if (change == null) {
                throw new DateTimeException("never comes again");
            }
            if (change.isGap() && !hours.all() && within(change)) {
                return change.getInstant();
            }
            from = change.getInstant();
            base =
                    (repeats(change) ? change.getDateTimeBefore() : change.getDateTimeAfter())
                            .minusSeconds(1);
        }
    }

    /** The last firing after {@code after} and not after {@code upTo}, if there is any. */
    Optional<Instant> latest(Instant after, Instant upTo) {
        for (var window : WINDOWS) {
            var from = upTo.minus(window);
            if (!from.isAfter(after)) {
                break;
            }
            var found = lastOf(from, upTo);
            if (found.isPresent()) {
                return found;
            }
        }
        return lastOf(after, upTo);
    }

    private Optional<Instant> lastOf(Instant after, Instant upTo) {
        var last = Optional.<Instant>empty();
        for (var next = next(after); !next.isAfter(upTo); next = next(next)) {
            last = Optional.of(next);
        }
        return last;
    }

    /** A second hour of the same name is left out, unless every hour is meant. */
    private boolean repeats(@org.jspecify.annotations.Nullable ZoneOffsetTransition change) {
        return change != null && change.isOverlap() && !hours.all();
    }

    private boolean within(ZoneOffsetTransition gap) {
        return nextLocal(gap.getDateTimeBefore().minusSeconds(1))
                .filter(time -> time.isBefore(gap.getDateTimeAfter()))
                .isPresent();
    }

    private static LocalDateTime local(Instant instant, ZoneOffset offset) {
        return LocalDateTime.ofInstant(instant, offset);
    }

    private Optional<LocalDateTime> nextLocal(LocalDateTime after) {
        var from = after.plusSeconds(1);
        var date = from.toLocalDate();
        if (on(date)) {
            var time = notBefore(from.toLocalTime());
            if (time.isPresent()) {
                return Optional.of(date.atTime(time.get()));
            }
        }
        var first = LocalTime.of(hours.first(), minutes.first(), seconds.first());
        for (var i = 0; i < LONGEST_DAYS; i++) {
            date = date.plusDays(1);
            if (on(date)) {
                return Optional.of(date.atTime(first));
            }
        }
        return Optional.empty();
    }

    /** As cron does: where both days are named, either will do. */
    private boolean on(LocalDate date) {
        var day = days.has(date.getDayOfMonth());
        var weekday =
                weekdays.has(date.getDayOfWeek().getValue())
                        || (date.getDayOfWeek().getValue() == 7 && weekdays.has(0));
        return months.has(date.getMonthValue())
                && ((days.all() || weekdays.all()) ? (day && weekday) : (day || weekday));
    }

    private Optional<LocalTime> notBefore(LocalTime from) {
        var hour = hours.atLeast(from.getHour());
        if (hour != from.getHour()) {
            return hour < 0
                    ? Optional.empty()
                    : Optional.of(LocalTime.of(hour, minutes.first(), seconds.first()));
        }
        var minute = minutes.atLeast(from.getMinute());
        if (minute == from.getMinute()) {
            var second = seconds.atLeast(from.getSecond());
            if (second >= 0) {
                return Optional.of(LocalTime.of(hour, minute, second));
            }
            minute = minutes.atLeast(from.getMinute() + 1);
        }
        if (minute >= 0) {
            return Optional.of(LocalTime.of(hour, minute, seconds.first()));
        }
        var later = hours.atLeast(hour + 1);
        return later < 0
                ? Optional.empty()
                : Optional.of(LocalTime.of(later, minutes.first(), seconds.first()));
    }
}
