package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

class CronExpressionTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @ParameterizedTest
    @CsvSource({
        "'* * * * *',          2026-11-21T07:00:30Z, 2026-11-21T07:01:00Z",
        "'*/2 * * * * *',      2026-11-21T07:00:30Z, 2026-11-21T07:00:32Z",
        "'55 23 * * *',        2026-11-21T23:55:00Z, 2026-11-22T23:55:00Z",
        "'0 30 2 * * *',       2026-11-21T02:29:59Z, 2026-11-21T02:30:00Z",
        "'15,45 8-10 * * *',   2026-11-21T09:45:00Z, 2026-11-21T10:15:00Z",
        "'0 0 1 * *',          2026-11-21T00:00:00Z, 2026-12-01T00:00:00Z",
        "'0 6 * * MON-FRI',    2026-11-21T00:00:00Z, 2026-11-23T06:00:00Z",
        "'0 6 * * 7',          2026-11-21T00:00:00Z, 2026-11-22T06:00:00Z",
        "'0 6 * * 0',          2026-11-21T00:00:00Z, 2026-11-22T06:00:00Z",
        "'0 0 13 * FRI',       2026-11-21T00:00:00Z, 2026-11-27T00:00:00Z",
        "'0 0 29 2 *',         2026-11-21T00:00:00Z, 2028-02-29T00:00:00Z",
        "'0 12 31 DEC *',      2026-11-21T00:00:00Z, 2026-12-31T12:00:00Z"
    })
    void the_next_firing_is_the_first_instant_that_every_field_allows(
            String text, Instant after, Instant expected) {
        var expression = CronExpression.parse(text, UTC);

        var next = expression.next(after);

        assertThat(next).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 8",
                "*/0 * * * *",
                "5-1 * * * *",
                "x * * * *",
                "* * * FOO *",
                "0 0 30 2 *"
            })
    void nonsense_and_what_never_comes_is_refused(String text) {
        assertThatThrownBy(() -> CronExpression.parse(text, UTC))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        // zone, the day on which the clock goes forward, an hour within the gap, the gap's end
        "Europe/Rome,        2026-03-29, 2, 2026-03-29T01:00:00Z",
        "America/New_York,   2026-03-08, 2, 2026-03-08T07:00:00Z",
        "Australia/Lord_Howe, 2026-10-04, 2, 2026-10-03T15:30:00Z"
    })
    void what_falls_into_a_skipped_hour_fires_once_when_the_gap_ends(
            String zone, LocalDate day, int hour, Instant end) {
        var expression = CronExpression.parse("10 " + hour + " * * *", ZoneId.of(zone));

        var fired = firings(expression, day);

        assertThat(fired).containsExactly(end);
    }

    @ParameterizedTest
    @CsvSource({
        // zone, the day on which the clock goes back, an hour that comes twice, its first coming
        "Europe/Rome,        2026-10-25, '30 2', 2026-10-25T00:30:00Z",
        "America/New_York,   2026-11-01, '30 1', 2026-11-01T05:30:00Z",
        "Australia/Lord_Howe, 2026-04-05, '45 1', 2026-04-04T14:45:00Z"
    })
    void what_falls_into_a_repeated_hour_fires_once_the_first_time(
            String zone, LocalDate day, String minuteAndHour, Instant first) {
        var expression = CronExpression.parse(minuteAndHour + " * * *", ZoneId.of(zone));

        var fired = firings(expression, day);

        assertThat(fired).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-29", "2026-10-25"})
    void every_minute_means_every_minute_whatever_the_clock_on_the_wall_does(LocalDate day) {
        var rome = ZoneId.of("Europe/Rome");
        var expression = CronExpression.parse("* * * * *", rome);

        var fired = firings(expression, day);

        var minutes =
                Duration.between(day.atStartOfDay(rome), day.plusDays(1).atStartOfDay(rome))
                        .toMinutes();
        assertThat(fired).hasSize((int) minutes).doesNotHaveDuplicates();
    }

    @Test
    void the_latest_missed_firing_is_found_however_long_nobody_looked() {
        var nightly = CronExpression.parse("55 23 * * *", UTC);
        var often = CronExpression.parse("*/2 * * * * *", UTC);
        var since = Instant.parse("2016-01-01T00:00:00Z");
        var now = Instant.parse("2026-11-21T07:00:01Z");

        assertThat(nightly.latest(since, now)).contains(Instant.parse("2026-11-20T23:55:00Z"));
        assertThat(often.latest(since, now)).contains(Instant.parse("2026-11-21T07:00:00Z"));
        assertThat(nightly.latest(Instant.parse("2026-11-20T23:55:00Z"), now)).isEmpty();
    }

    /** The firings of a whole local day. */
    private static List<Instant> firings(CronExpression expression, LocalDate day) {
        var zone = expression.zone();
        var end = day.plusDays(1).atStartOfDay(zone).toInstant();
        var fired = new ArrayList<Instant>();
        var next = expression.next(day.atStartOfDay(zone).toInstant().minusSeconds(1));
        while (next.isBefore(end)) {
            fired.add(next);
            next = expression.next(next);
        }
        return fired;
    }
}
