package coffer.retention;

import static coffer.retention.Backups.RULES;
import static coffer.retention.Backups.at;
import static coffer.retention.Backups.erased;
import static coffer.retention.Backups.id;
import static coffer.retention.Backups.ids;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Section 5 of the design, a sentence at a time: deletions, and the age of the trash. */
class DeletionAndAgeTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @Test
    void a_deletion_goes_to_the_trash() {
        var ruling = delete(new Backups().daily(1, 3, 10), 3);

        assertThat(ruling)
                .isEqualTo(
                        new DeletionRuling.Accepted(
                                List.of(
                                        new Verdict(
                                                id(3), Verdict.Action.RETIRE, Reason.DELETED))));
    }

    @Test
    void a_deletion_may_push_out_clutter() {
        var ruling =
                delete(
                        new Backups()
                                .trashed(1, 1, 200, at(2, 1))
                                .trashed(1, 2, 100, at(2, 1))
                                .trashed(1, 3, 200, at(2, 1))
                                .daily(2, 3, 90),
                        4);

        assertThat(((DeletionRuling.Accepted) ruling).verdicts())
                .containsExactly(
                        new Verdict(id(4), Verdict.Action.RETIRE, Reason.DELETED),
                        new Verdict(id(2), Verdict.Action.ERASE, Reason.TRASHED_CLUTTER));
    }

    @Test
    void a_deletion_is_refused_when_clutter_cannot_make_room() {
        var full =
                new Backups()
                        .trashed(1, 1, 450, at(2, 1))
                        .live(2, 1, 60)
                        .live(2, 2, 60)
                        .live(2, 3, 60);

        assertThat(delete(full, 2)).isEqualTo(new DeletionRuling.TrashFull());
        assertThat(delete(full, 3))
                .as("nor does clutter push out itself")
                .isEqualTo(new DeletionRuling.TrashFull());
    }

    @Test
    void a_pinned_or_held_backup_is_protected_from_deletion() {
        assertThat(delete(new Backups().live(1, 1, 1).pinned(), 1))
                .isEqualTo(new DeletionRuling.Protected());
        assertThat(delete(new Backups().live(1, 1, 1).held(), 1))
                .isEqualTo(new DeletionRuling.Protected());
    }

    @Test
    void what_is_not_live_cannot_be_deleted() {
        assertThat(delete(new Backups().trashed(1, 1, 1, at(2, 1)), 1))
                .isEqualTo(new DeletionRuling.Absent());
        assertThat(delete(new Backups(), 1)).isEqualTo(new DeletionRuling.Absent());
    }

    @Test
    void at_the_days_end_the_oldest_day_past_the_trash_period_goes() {
        var backups =
                new Backups()
                        .trashed(1, 1, 1, at(11, 1))
                        .trashed(1, 9, 1, at(11, 9))
                        .trashed(2, 1, 1, at(12, 1))
                        .live(13, 1, 1);

        var ruling = endDay(backups, 20, Optional.empty());

        assertThat(erased(ruling)).isEqualTo(ids(1, 2));
        assertThat(ruling.daySpent()).contains(FIRST);
    }

    @Test
    void the_trash_period_is_whole_days() {
        var backups = new Backups().trashed(1, 1, 1, at(11, 0)).live(13, 1, 1);

        assertThat(endDay(backups, 18, Optional.empty()).verdicts()).isEmpty();
        assertThat(erased(endDay(backups, 19, Optional.empty()))).isEqualTo(ids(1));
    }

    @Test
    void what_an_appliance_deleted_stays_for_thirty_days() {
        var backups = new Backups().deleted(1, 1, 1, at(2, 1)).live(3, 1, 1);

        assertThat(endDay(backups, 32, Optional.empty()).verdicts()).isEmpty();
        assertThat(erased(endDay(backups, 33, Optional.empty()))).isEqualTo(ids(1));
    }

    @Test
    void age_takes_no_day_when_one_has_been_spent_but_clutter_it_takes() {
        var backups =
                new Backups()
                        .trashed(1, 1, 1, at(11, 1))
                        .trashed(1, 2, 1, at(11, 1))
                        .trashed(1, 3, 1, at(11, 1))
                        .live(13, 1, 1);

        var ruling = endDay(backups, 20, Optional.of(FIRST.minusDays(1)));

        assertThat(erased(ruling)).isEqualTo(ids(2));
        assertThat(ruling.daySpent()).isEmpty();
    }

    @Test
    void pins_and_holds_outlast_the_trash_period() {
        var backups =
                new Backups()
                        .trashed(1, 1, 1, at(2, 1))
                        .held()
                        .trashed(2, 1, 1, at(3, 1))
                        .pinned()
                        .live(3, 1, 1);

        assertThat(endDay(backups, 20, Optional.empty()).verdicts()).isEmpty();
    }

    @Test
    void the_last_healthy_backup_never_goes_for_good() {
        var backups =
                new Backups()
                        .trashed(1, 1, 1, at(3, 1))
                        .trashed(2, 1, 1, at(3, 1))
                        .live(3, 1, 1)
                        .corrupt();

        assertThat(erased(endDay(backups, 20, Optional.empty()))).isEqualTo(ids(1));
        var alone = new Backups().trashed(2, 1, 1, at(3, 1)).live(3, 1, 1).corrupt();
        assertThat(endDay(alone, 21, Optional.empty()).verdicts()).isEmpty();
    }

    private static DeletionRuling delete(Backups backups, int number) {
        return RetentionPolicy.onDeletion(backups.kept(), id(number), RULES, at(4, 1));
    }

    private static Ruling.Accepted endDay(Backups backups, int day, Optional<LocalDate> spent) {
        return RetentionPolicy.onDayEnd(backups.kept(), RULES, spent, at(day, 23));
    }
}
