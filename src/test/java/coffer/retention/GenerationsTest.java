package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.id;
import static coffer.retention.Backups.ids;
import static coffer.retention.Backups.retired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.retention.Candidate.Place;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Generations and keep-within, in zones whose days have 23, 24 and 25 hours. */
class GenerationsTest {

    private static final ZoneId ROME = ZoneId.of("Europe/Rome");

    @Test
    void the_last_of_each_of_the_newest_days_stays_and_the_rest_goes_to_the_trash() {
        var ruling =
                upload(
                        generations(ZoneOffset.UTC, 0, 2, 0, 0),
                        "2026-11-01T08:00:00Z",
                        "2026-11-02T08:00:00Z",
                        "2026-11-02T20:00:00Z",
                        "2026-11-03T08:00:00Z");

        assertThat(ruling.verdicts())
                .containsExactly(
                        new Verdict(id(1), Verdict.Action.RETIRE, Reason.SURPLUS),
                        new Verdict(id(2), Verdict.Action.RETIRE, Reason.SURPLUS));
    }

    @Test
    void days_without_a_backup_are_not_counted() {
        var ruling =
                upload(
                        generations(ZoneOffset.UTC, 0, 2, 0, 0),
                        "2026-03-01T08:00:00Z",
                        "2026-11-03T08:00:00Z");

        assertThat(ruling.verdicts()).isEmpty();
    }

    @Test
    void a_day_of_twenty_five_hours_is_one_day() {
        // In Rome the 25th of October 2026 runs from 22:00Z to 23:00Z of the next day.
        var ruling =
                upload(
                        generations(ROME, 0, 1, 0, 0),
                        "2026-10-24T21:59:00Z",
                        "2026-10-24T22:00:00Z",
                        "2026-10-25T22:59:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(1, 2));
        assertThat(
                        retired(
                                upload(
                                        generations(ROME, 0, 2, 0, 0),
                                        "2026-10-24T22:00:00Z",
                                        "2026-10-25T23:00:00Z")))
                .isEmpty();
    }

    @Test
    void a_day_of_twenty_three_hours_is_one_day() {
        // In Rome the 29th of March 2026 runs from 23:00Z to 22:00Z.
        var ruling =
                upload(
                        generations(ROME, 0, 1, 0, 0),
                        "2026-03-28T22:59:00Z",
                        "2026-03-28T23:00:00Z",
                        "2026-03-29T21:59:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(1, 2));
    }

    @Test
    void an_hour_that_the_clock_repeats_is_two_hours() {
        // Half past two in summer time, and once more in winter time.
        var twice = new String[] {"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"};

        assertThat(retired(upload(generations(ROME, 2, 0, 0, 0), twice))).isEmpty();
        assertThat(retired(upload(generations(ROME, 1, 0, 0, 0), twice))).isEqualTo(ids(1));
    }

    @Test
    void an_hour_that_the_clock_leaves_out_is_none() {
        var ruling =
                upload(
                        generations(ROME, 2, 0, 0, 0),
                        "2026-03-29T00:10:00Z",
                        "2026-03-29T00:50:00Z",
                        "2026-03-29T01:10:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(1));
    }

    @Test
    void weeks_begin_on_monday_also_across_the_year() {
        // Thursday 31 December 2026 and Sunday 3 January 2027 are of one week.
        var ruling =
                upload(
                        generations(ZoneOffset.UTC, 0, 0, 2, 0),
                        "2026-12-27T08:00:00Z",
                        "2026-12-31T08:00:00Z",
                        "2027-01-03T08:00:00Z",
                        "2027-01-04T08:00:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(1, 2));
    }

    @Test
    void months_are_those_of_the_zone() {
        var ruling =
                upload(
                        generations(ROME, 0, 0, 0, 2),
                        "2026-10-31T22:30:00Z",
                        "2026-10-31T23:30:00Z",
                        "2026-12-01T08:00:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(1));
        assertThat(
                        retired(
                                upload(
                                        generations(ROME, 0, 0, 0, 2),
                                        "2026-10-31T22:30:00Z",
                                        "2026-11-30T23:30:00Z",
                                        "2026-12-01T08:00:00Z")))
                .isEqualTo(ids(2));
    }

    @Test
    void a_backup_stays_if_any_generation_wants_it() {
        var ruling =
                upload(
                        generations(ZoneOffset.UTC, 0, 1, 0, 3),
                        "2026-09-30T08:00:00Z",
                        "2026-10-30T08:00:00Z",
                        "2026-10-31T08:00:00Z",
                        "2026-11-02T08:00:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(2));
    }

    @Test
    void everything_near_the_newest_stays_however_long_ago_that_is() {
        var within = new Generations(ZoneOffset.UTC, 0, 0, 0, 0, Optional.of(Duration.ofDays(2)));

        var ruling =
                upload(
                        within,
                        "2026-11-01T07:59:59Z",
                        "2026-11-01T08:00:00Z",
                        "2026-11-02T08:00:00Z",
                        "2026-11-03T08:00:00Z");

        assertThat(retired(ruling)).isEqualTo(ids(1));
    }

    @Test
    void the_caps_stand_above_generations() {
        var many = new ArrayList<Candidate>();
        for (var number = 1; number <= 10; number++) {
            many.add(
                    live(
                            number,
                            Instant.parse("2026-01-15T00:00:00Z")
                                    .plus(Duration.ofDays(30L * number))));
        }
        var rules = rules(generations(ZoneOffset.UTC, 0, 0, 0, 36));
        var now = Instant.parse("2026-12-24T00:00:00Z");

        var ruling =
                RetentionPolicy.onSeal(
                        many, new Arrival(id(11), 11, now, MIB), rules, Optional.empty(), now);

        assertThat(ruling.verdicts())
                .containsExactly(new Verdict(id(1), Verdict.Action.RETIRE, Reason.OLDEST));
    }

    @Test
    void pinned_and_held_backups_need_no_generation() {
        var first = live(1, Instant.parse("2026-11-01T08:00:00Z"));
        var second = live(2, Instant.parse("2026-11-01T09:00:00Z"));
        var now = Instant.parse("2026-11-03T08:00:00Z");

        var ruling =
                RetentionPolicy.onSeal(
                        List.of(
                                Ledger.with(first, true, false, true),
                                Ledger.with(second, false, true, true)),
                        new Arrival(id(3), 3, now, MIB),
                        rules(generations(ZoneOffset.UTC, 0, 1, 0, 0)),
                        Optional.empty(),
                        now);

        assertThat(ruling.verdicts()).isEmpty();
    }

    @Test
    void generations_that_keep_nothing_are_none() {
        assertThatThrownBy(() -> generations(ROME, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> generations(ROME, 1, -1, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Generations generations(
            ZoneId zone, int hourly, int daily, int weekly, int monthly) {
        return new Generations(zone, hourly, daily, weekly, monthly, Optional.empty());
    }

    private static RetentionRules rules(Generations generations) {
        return new RetentionRules(
                10,
                500 * MIB,
                Duration.ofDays(7),
                RetentionRules.DELETION_PERIOD,
                Optional.of(generations));
    }

    /** All but the last are there; the last arrives. */
    private static Ruling.Accepted upload(Generations generations, String... instants) {
        var kept = new ArrayList<Candidate>();
        for (var number = 1; number < instants.length; number++) {
            kept.add(live(number, Instant.parse(instants[number - 1])));
        }
        var now = Instant.parse(instants[instants.length - 1]);
        var arrival = new Arrival(id(instants.length), instants.length, now, MIB);
        return RetentionPolicy.onSeal(kept, arrival, rules(generations), Optional.empty(), now);
    }

    private static Candidate live(int number, Instant at) {
        return new Candidate(
                id(number), number, at, MIB, Place.LIVE, false, false, true, null, false);
    }
}
