package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.RULES;
import static coffer.retention.Backups.at;
import static coffer.retention.Backups.erased;
import static coffer.retention.Backups.id;
import static coffer.retention.Backups.ids;
import static coffer.retention.Backups.retired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Section 5 of the design, a sentence at a time: caps, uploads and refusals. */
class RetentionPolicyTest {

    @Test
    void nothing_goes_while_both_caps_hold() {
        var ruling = new Backups().daily(1, 9, 10).upload(10, 1, 10);

        assertThat(ruling)
                .isEqualTo(new Ruling.Accepted(List.of(), Optional.empty(), Optional.empty()));
    }

    @Test
    void the_oldest_goes_to_the_trash_when_there_are_too_many() {
        var ruling = new Backups().daily(1, 10, 10).upload(11, 1, 10);

        assertThat(((Ruling.Accepted) ruling).verdicts())
                .containsExactly(new Verdict(id(1), Verdict.Action.RETIRE, Reason.OLDEST));
    }

    @Test
    void the_oldest_go_to_the_trash_until_the_bytes_fit_too() {
        var ruling = new Backups().daily(1, 5, 100).upload(6, 1, 150);

        assertThat(retired(ruling)).isEqualTo(ids(1, 2));
    }

    @Test
    void clutter_goes_before_the_first_and_the_last_of_a_day() {
        var ruling =
                new Backups()
                        .daily(1, 6, 1)
                        .live(7, 1, 1)
                        .live(7, 2, 1)
                        .live(7, 3, 1)
                        .live(8, 1, 1)
                        .upload(9, 1, 1);

        assertThat(((Ruling.Accepted) ruling).verdicts())
                .containsExactly(new Verdict(id(8), Verdict.Action.RETIRE, Reason.CLUTTER));
    }

    @Test
    void clutter_of_the_most_crowded_day_goes_first_its_oldest_first() {
        var ruling =
                new Backups()
                        .live(5, 1, 100)
                        .live(5, 2, 100)
                        .live(5, 3, 1)
                        .live(6, 1, 1)
                        .live(6, 2, 50)
                        .live(6, 3, 50)
                        .live(6, 4, 1)
                        .upload(7, 1, 245);

        assertThat(retired(ruling)).isEqualTo(ids(5));
    }

    @Test
    void a_day_is_parted_over_live_and_trashed_together() {
        // The first of the 7th is in the trash, so what is live of that day is a middle and a last.
        var ruling =
                new Backups()
                        .daily(1, 6, 1)
                        .trashed(7, 1, 1, at(8, 0))
                        .live(7, 2, 1)
                        .live(7, 3, 1)
                        .live(8, 1, 1)
                        .live(9, 1, 1)
                        .upload(10, 1, 1);

        assertThat(retired(ruling)).isEqualTo(ids(8));
    }

    @Test
    void the_arrival_makes_clutter_of_what_was_the_last_of_today() {
        var ruling = new Backups().daily(1, 8, 1).live(9, 1, 1).live(9, 2, 1).upload(9, 3, 1);

        assertThat(retired(ruling)).isEqualTo(ids(10));
    }

    @Test
    void days_are_utc_days_whatever_the_hour() {
        var ruling = new Backups().daily(1, 8, 1).live(9, 23, 1).live(10, 0, 1).upload(10, 1, 1);

        assertThat(retired(ruling)).isEqualTo(ids(1));
    }

    @Test
    void pinned_and_held_backups_never_go() {
        var ruling =
                new Backups()
                        .live(1, 1, 1)
                        .pinned()
                        .live(2, 1, 1)
                        .held()
                        .daily(3, 11, 1)
                        .upload(12, 1, 1);

        assertThat(retired(ruling)).isEqualTo(ids(3));
    }

    @Test
    void held_backups_do_not_count_against_the_caps() {
        var ruling = new Backups().live(1, 1, 499).held().daily(2, 10, 10).upload(11, 1, 400);

        assertThat(((Ruling.Accepted) ruling).verdicts()).isEmpty();
    }

    @Test
    void pins_never_refuse_an_upload_and_the_ruling_says_what_stays() {
        var ruling = new Backups().live(1, 1, 250).pinned().live(2, 1, 10).upload(3, 1, 400);

        assertThat(retired(ruling)).isEqualTo(ids(2));
        assertThat(((Ruling.Accepted) ruling).overfull()).contains(Reason.PINS_FILL_CAPS);
    }

    @Test
    void what_another_upload_claimed_fills_no_cap_and_is_not_chosen_again() {
        var ruling = new Backups().live(1, 1, 1).claimed().daily(2, 10, 1).upload(11, 1, 1);

        assertThat(((Ruling.Accepted) ruling).verdicts()).isEmpty();
    }

    @Test
    void an_uploads_own_claims_are_ruled_anew_at_its_seal() {
        var admitted = new Backups().trashed(1, 1, 1, at(2, 1)).live(2, 1, 300).live(3, 1, 300);
        var claimed =
                new Backups().trashed(1, 1, 1, at(2, 1)).live(2, 1, 300).live(3, 1, 300).claimed();
        var arrival = admitted.arrival(3, 2, 450);

        var ruling =
                RetentionPolicy.onSeal(
                        claimed.kept().stream().map(Candidate::unclaimed).toList(),
                        arrival,
                        RULES,
                        Optional.empty(),
                        at(3, 2));

        assertThat(erased(ruling)).as("today's own").isEqualTo(ids(3));
        assertThat(ruling).isEqualTo(admitted.upload(3, 2, 450));
    }

    @Test
    void an_upload_larger_than_the_cap_is_refused_and_nothing_goes() {
        var ruling = new Backups().daily(1, 10, 10).upload(11, 1, 501);

        assertThat(ruling).isEqualTo(new Ruling.Refused(Reason.EXCEEDS_CAP, 500 * MIB));
    }

    @Test
    void a_seal_is_never_refused() {
        var backups = new Backups().daily(1, 10, 10);

        var ruling =
                RetentionPolicy.onSeal(
                        backups.kept(),
                        backups.arrival(11, 1, 501),
                        RULES,
                        Optional.empty(),
                        at(11, 1));

        assertThat(retired(ruling)).hasSize(10);
        assertThat(ruling.overfull()).contains(Reason.PINS_FILL_CAPS);
    }

    @Test
    void the_order_of_the_candidates_changes_nothing() {
        var backups =
                new Backups()
                        .trashed(1, 1, 300, at(2, 1))
                        .daily(2, 6, 60)
                        .live(6, 2, 50)
                        .live(6, 3, 50);
        var shuffled = new ArrayList<>(backups.kept());
        var arrival = backups.arrival(7, 1, 450);
        var expected =
                RetentionPolicy.onArrival(
                        backups.kept(), arrival, RULES, Optional.empty(), at(7, 1));

        for (var seed = 0; seed < 50; seed++) {
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(
                            RetentionPolicy.onArrival(
                                    shuffled, arrival, RULES, Optional.empty(), at(7, 1)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void the_order_of_the_system_and_no_clock_says_which_is_the_newest() {
        // A clock that ran a month ahead for a while, then was set right: everything since is one
        // day.
        var kept = new ArrayList<Candidate>();
        var ahead = Instant.parse("2026-12-21T00:00:00Z");
        for (var number = 1; number <= 10; number++) {
            kept.add(
                    new Candidate(
                            id(number),
                            number,
                            ahead.plusNanos(1000L * number),
                            MIB,
                            Candidate.Place.LIVE,
                            false,
                            false,
                            true,
                            null,
                            false));
        }

        var ruling =
                RetentionPolicy.onArrival(
                        kept,
                        new Arrival(id(11), 11, ahead.plusNanos(11_000), MIB),
                        RULES,
                        Optional.empty(),
                        at(22, 1));

        assertThat(retired(ruling)).isEqualTo(ids(2));
    }

    @Test
    void caps_without_room_for_one_backup_are_no_rules() {
        assertThatThrownBy(() -> new RetentionRules(0, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RetentionRules(1, 0, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_day_spent_is_told_only_when_it_is_newly_spent() {
        var backups =
                new Backups()
                        .trashed(1, 1, 400, at(3, 1))
                        .trashed(2, 1, 90, at(3, 2))
                        .live(3, 1, 300);
        var arrival = backups.arrival(4, 1, 400);

        var first =
                RetentionPolicy.onSeal(backups.kept(), arrival, RULES, Optional.empty(), at(4, 1));
        var again =
                RetentionPolicy.onSeal(
                        backups.kept(),
                        arrival,
                        RULES,
                        Optional.of(LocalDate.of(2026, 11, 1)),
                        at(4, 1));

        assertThat(erased(first)).isEqualTo(ids(1));
        assertThat(first.daySpent()).contains(LocalDate.of(2026, 11, 1));
        assertThat(erased(again)).isEqualTo(ids(1));
        assertThat(again.daySpent()).isEmpty();
    }
}
