package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.RULES;
import static coffer.retention.Backups.at;
import static coffer.retention.Backups.erased;
import static coffer.retention.Backups.id;
import static coffer.retention.Backups.ids;
import static coffer.retention.Backups.retired;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.Optional;

/** Section 5 of the design, a sentence at a time: the trash and its limits. */
class TrashTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @Test
    void up_to_the_soft_limit_nothing_leaves_the_trash() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 250, at(3, 1))
                        .trashed(1, 2, 150, at(3, 1))
                        .live(2, 1, 100)
                        .upload(3, 1, 500);

        assertThat(retired(ruling)).isEqualTo(ids(3));
        assertThat(erased(ruling)).isEmpty();
    }

    @Test
    void above_the_soft_limit_clutter_goes_first_and_only_as_much_as_is_needed() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 200, at(4, 1))
                        .trashed(2, 1, 50, at(4, 1))
                        .trashed(2, 2, 50, at(4, 1))
                        .trashed(2, 3, 50, at(4, 1))
                        .trashed(2, 4, 50, at(4, 1))
                        .live(3, 1, 120)
                        .upload(4, 1, 400);

        assertThat(erased(ruling)).isEqualTo(ids(3));
        assertThat(((Ruling.Accepted) ruling).daySpent()).isEmpty();
    }

    @Test
    void of_the_trash_too_the_most_crowded_day_gives_first() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 100, at(4, 1))
                        .trashed(1, 2, 20, at(4, 1))
                        .trashed(1, 3, 100, at(4, 1))
                        .trashed(2, 1, 60, at(4, 1))
                        .trashed(2, 2, 20, at(4, 1))
                        .trashed(2, 3, 20, at(4, 1))
                        .trashed(2, 4, 60, at(4, 1))
                        .live(3, 1, 160)
                        .upload(4, 1, 400);

        // The 2nd gives one; then both days have three, and the older day gives the next.
        assertThat(erased(ruling)).isEqualTo(ids(5, 2));
    }

    @Test
    void a_flood_of_many_thins_itself() {
        var backups = new Backups().trashed(1, 1, 490, at(2, 1)).daily(2, 9, 1);
        for (var hour = 1; hour <= 2; hour++) {
            backups.live(10, hour, 40);
        }

        var ruling = backups.upload(10, 3, 40);

        assertThat(erased(ruling)).isEqualTo(ids(11));
        assertThat(retired(ruling)).isEmpty();
    }

    @Test
    void todays_own_goes_when_clutter_is_not_enough() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 100, at(3, 1))
                        .trashed(3, 1, 300, at(3, 2))
                        .live(3, 2, 400)
                        .upload(3, 3, 500);

        // The upload at two is clutter now; the one at one is today's first.
        assertThat(((Ruling.Accepted) ruling).verdicts())
                .containsExactly(new Verdict(id(3), Verdict.Action.ERASE, Reason.TRASHED_CLUTTER));
        var next = new Backups().trashed(1, 1, 400, at(3, 1)).live(3, 1, 300).upload(3, 2, 500);
        assertThat(((Ruling.Accepted) next).verdicts())
                .containsExactly(new Verdict(id(2), Verdict.Action.ERASE, Reason.TODAYS_OWN));
    }

    @Test
    void then_the_oldest_earlier_day_goes_that_makes_enough_room_by_itself() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 40, at(4, 1))
                        .trashed(2, 1, 150, at(4, 1))
                        .trashed(3, 1, 250, at(4, 1))
                        .live(4, 1, 120)
                        .upload(5, 1, 450);

        assertThat(erased(ruling)).isEqualTo(ids(2));
        assertThat(((Ruling.Accepted) ruling).daySpent()).contains(LocalDate.of(2026, 11, 2));
    }

    @Test
    void or_the_largest_if_no_day_is_enough_and_the_rest_stays() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 150, at(4, 1))
                        .trashed(2, 1, 200, at(4, 1))
                        .trashed(3, 1, 100, at(4, 1))
                        .live(4, 1, 450)
                        .live(5, 1, 10)
                        .upload(6, 1, 400);

        assertThat(erased(ruling)).as("the retired one is the largest").isEqualTo(ids(4));
        var second =
                new Backups()
                        .trashed(1, 1, 150, at(4, 1))
                        .trashed(2, 1, 200, at(4, 1))
                        .trashed(3, 1, 150, at(4, 1))
                        .live(4, 1, 150)
                        .live(5, 1, 150)
                        .upload(6, 1, 500);
        assertThat(erased(second)).isEqualTo(ids(2));
        assertThat(((Ruling.Accepted) second).overfull()).isEmpty();
    }

    @Test
    void no_second_earlier_day_goes_on_the_same_day() {
        var backups =
                new Backups()
                        .trashed(1, 1, 300, at(4, 1))
                        .trashed(2, 1, 200, at(4, 1))
                        .live(3, 1, 100)
                        .live(4, 1, 10);

        var ruling =
                RetentionPolicy.onArrival(
                        backups.kept(),
                        backups.arrival(5, 1, 480),
                        RULES,
                        Optional.of(LocalDate.of(2026, 10, 31)),
                        at(5, 1));

        assertThat(retired(ruling)).isEqualTo(ids(3));
        assertThat(erased(ruling)).isEmpty();
    }

    @Test
    void the_day_that_is_spent_may_give_the_rest_of_it() {
        var backups =
                new Backups()
                        .trashed(1, 1, 300, at(4, 1))
                        .trashed(2, 1, 200, at(4, 1))
                        .live(3, 1, 100)
                        .live(4, 1, 10);

        var ruling =
                RetentionPolicy.onArrival(
                        backups.kept(),
                        backups.arrival(5, 1, 480),
                        RULES,
                        Optional.of(LocalDate.of(2026, 11, 2)),
                        at(5, 1));

        assertThat(erased(ruling)).isEqualTo(ids(2));
        assertThat(((Ruling.Accepted) ruling).daySpent()).isEmpty();
    }

    @Test
    void beyond_the_hard_limit_todays_earlier_backups_go_live_ones_too() {
        var ruling = spentTodayAndFull().upload(4, 4, 300, Optional.of(FIRST));

        // Given up, the upload at two leaves room for what the 3rd would have had to make.
        assertThat(((Ruling.Accepted) ruling).verdicts())
                .containsExactly(new Verdict(id(4), Verdict.Action.ERASE, Reason.TODAYS_EARLIER));
    }

    @Test
    void if_that_is_not_enough_the_upload_is_refused_at_admission() {
        var backups = spentTodayAndFull();

        assertThat(backups.upload(4, 4, 460, Optional.of(FIRST)))
                .isEqualTo(new Ruling.Refused(Reason.TRASH_AT_HARD_LIMIT, 500 * MIB));
    }

    @Test
    void and_never_at_seal_where_it_stays_and_the_ruling_says_so() {
        var backups = spentTodayAndFull();

        var ruling =
                RetentionPolicy.onSeal(
                        backups.kept(),
                        backups.arrival(4, 4, 460),
                        RULES,
                        Optional.of(FIRST),
                        at(4, 4));

        assertThat(ruling.overfull()).contains(Reason.TRASH_AT_HARD_LIMIT);
        assertThat(retired(ruling)).isEqualTo(ids(3));
    }

    @Test
    void a_trash_that_a_lowered_cap_made_too_full_shuts_nobody_out() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 900, at(4, 1))
                        .trashed(2, 1, 900, at(4, 1))
                        .live(4, 1, 300)
                        .upload(5, 1, 300);

        assertThat(erased(ruling)).isEqualTo(ids(1));
        assertThat(((Ruling.Accepted) ruling).overfull()).contains(Reason.TRASH_AT_HARD_LIMIT);
        var spent =
                new Backups()
                        .trashed(1, 1, 900, at(4, 1))
                        .trashed(2, 1, 900, at(4, 1))
                        .live(4, 1, 300)
                        .live(5, 1, 100)
                        .upload(5, 2, 100, Optional.of(FIRST.minusDays(1)));
        assertThat(erased(spent)).isEqualTo(ids(4));
    }

    @Test
    void held_trash_counts_against_no_limit() {
        var ruling =
                new Backups()
                        .trashed(1, 1, 490, at(3, 1))
                        .held()
                        .trashed(1, 2, 100, at(3, 1))
                        .live(2, 1, 400)
                        .upload(3, 1, 500);

        assertThat(erased(ruling)).isEmpty();
    }

    private static Backups spentTodayAndFull() {
        // 950 MiB of trash, 480 live, and this day's one earlier day is given up already.
        return new Backups()
                .trashed(2, 1, 450, at(3, 1))
                .trashed(2, 9, 500, at(3, 1))
                .live(3, 1, 200)
                .live(4, 2, 280);
    }
}
