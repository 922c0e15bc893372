package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.RULES;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntToLongFunction;

/** The model's honest owners (design, section 5): who uploads as usual is not refused. */
class HonestOwnerTest {

    private static final long CAP = RULES.maxBytes();
    private static final int CASES = 80;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 8, 12, 24})
    void steady_sizes_from_1_mib_up_to_the_cap_are_never_refused(int uploadsADay) {
        for (var mib :
                new long[] {
                    1, 20, 42, 50, 71, 84, 100, 125, 167, 200, 249, 251, 300, 334, 400, 499, 500
                }) {
            var ledger = owner(30, uploadsADay, day -> mib * MIB);

            assertThat(ledger.refusals("owner")).as("%d MiB", mib).isZero();
            assertThat(ledger.peakBytes()).isLessThanOrEqualTo(3 * CAP);
        }
    }

    @Test
    void sizes_that_grow_up_to_twelvefold_overnight_are_not_refused_in_39_of_40_cases() {
        var refused = 0;
        for (var seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var growth = 1 + 11 * random.nextDouble();
            var before = between(MIB, (long) (CAP / growth), random);
            var night = 18 + random.nextInt(8);
            var ledger =
                    owner(
                            40,
                            1 + random.nextInt(24),
                            day -> day < night ? before : Math.min(CAP, (long) (before * growth)));
            refused += ledger.refusals("owner") > 0 ? 1 : 0;
        }

        System.out.printf(
                "MEASURED one night of growth: %d of %d owners refused%n", refused, CASES);
        assertThat(refused).isLessThanOrEqualTo(CASES / 40);
    }

    @Test
    void sizes_that_go_up_and_down_up_to_twelvefold_are_not_refused_in_39_of_40_cases() {
        var refused = 0;
        for (var seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var sizes = new long[40];
            sizes[0] = between(MIB, CAP, random);
            for (var day = 1; day < sizes.length; day++) {
                var change = Math.pow(12, random.nextDouble());
                sizes[day] =
                        switch (random.nextInt(10)) {
                            case 0 -> Math.min(CAP, (long) (sizes[day - 1] * change));
                            case 1 -> Math.max(MIB, (long) (sizes[day - 1] / change));
                            default -> sizes[day - 1];
                        };
            }
            var ledger = owner(sizes.length, 1 + random.nextInt(24), day -> sizes[day]);
            refused += ledger.refusals("owner") > 0 ? 1 : 0;
        }

        System.out.printf("MEASURED sizes up and down: %d of %d owners refused%n", refused, CASES);
        assertThat(refused).isLessThanOrEqualTo(CASES / 40);
    }

    @Test
    void an_owner_who_pauses_for_weeks_keeps_what_was_live() {
        var ledger = owner(20, 1, day -> MIB);
        for (var day = 20; day < 60; day++) {
            ledger.endDay(start().plus(Duration.ofDays(day)).plus(Duration.ofHours(23)));
        }

        assertThat(ledger.live()).hasSize(10);
        assertThat(ledger.kept()).hasSize(10);
        assertThat(ledger.upload("owner", MIB, start().plus(Duration.ofDays(60)))).isPresent();
    }

    /** Uploads spread evenly over each day, and the night's audit at its end. */
    private static Ledger owner(int days, int uploadsADay, IntToLongFunction sizeOfDay) {
        var ledger = new Ledger(RULES);
        for (var day = 0; day < days; day++) {
            var midnight = start().plus(Duration.ofDays(day));
            for (var upload = 0; upload < uploadsADay; upload++) {
                ledger.upload(
                        "owner",
                        sizeOfDay.applyAsLong(day),
                        midnight.plus(
                                Duration.ofDays(1).multipliedBy(upload).dividedBy(uploadsADay)));
            }
            ledger.endDay(midnight.plus(Duration.ofMinutes(1435)));
        }
        return ledger;
    }

    /** Sizes of all magnitudes alike. */
    private static long between(long low, long high, Random random) {
        return (long) (low * Math.pow((double) high / low, random.nextDouble()));
    }

    private static Instant start() {
        return Instant.parse("2026-03-01T00:00:00Z");
    }
}
