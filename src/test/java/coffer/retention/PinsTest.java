package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.RULES;
import static coffer.retention.Backups.at;
import static coffer.retention.Backups.id;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Section 5 of the design: how much may be pinned. */
class PinsTest {

    @Test
    void at_most_max_backups_less_two_may_be_pinned() {
        var backups = new Backups();
        for (var day = 1; day <= 8; day++) {
            backups.live(day, 1, 1).pinned();
        }
        backups.live(9, 1, 1);

        assertThat(RetentionPolicy.mayPin(backups.kept(), id(9), RULES))
                .isEqualTo(new PinRuling.TooMany(8));
        assertThat(RetentionPolicy.mayPin(backups.kept(), id(8), RULES))
                .isEqualTo(new PinRuling.Allowed());
    }

    @Test
    void at_most_half_the_bytes_may_be_pinned() {
        var backups = new Backups().live(1, 1, 200).pinned().live(2, 1, 50).live(3, 1, 51);

        assertThat(RetentionPolicy.mayPin(backups.kept(), id(2), RULES))
                .isEqualTo(new PinRuling.Allowed());
        assertThat(RetentionPolicy.mayPin(backups.kept(), id(3), RULES))
                .isEqualTo(new PinRuling.TooLarge(250 * MIB));
    }

    @Test
    void only_a_live_backup_can_be_pinned() {
        var backups = new Backups().trashed(1, 1, 1, at(2, 1)).live(2, 1, 1).claimed();

        assertThat(RetentionPolicy.mayPin(backups.kept(), id(1), RULES))
                .isEqualTo(new PinRuling.Absent());
        assertThat(RetentionPolicy.mayPin(backups.kept(), id(2), RULES))
                .isEqualTo(new PinRuling.Absent());
        assertThat(RetentionPolicy.mayPin(backups.kept(), id(9), RULES))
                .isEqualTo(new PinRuling.Absent());
    }
}
