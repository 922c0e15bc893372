package coffer.retention;

import static coffer.retention.Backups.MIB;
import static coffer.retention.Backups.RULES;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/**
 * The model's thieves (design, section 5): whoever has an appliance's credential floods, sends huge
 * files and deletes for six days, and cannot burn the history.
 */
class FloodTest {

    private static final long CAP = RULES.maxBytes();
    private static final int HISTORY_DAYS = 25;
    private static final int THIEF_DAYS = 6;
    private static final int CASES = 40;

    /** What a thief does each time. */
    enum Thief {
        MANY_SMALL {
            @Override
            void act(Ledger ledger, Random random, Instant now) {
                ledger.upload("thief", 1 + random.nextInt(100_000), now);
            }
        },
        HUGE {
            @Override
            void act(Ledger ledger, Random random, Instant now) {
                ledger.upload("thief", random.nextBoolean() ? CAP : 1 + random.nextLong(CAP), now);
            }
        },
        /** Fills the trash to just above its soft limit, where one small day makes enough room. */
        JUST_ABOVE {
            @Override
            void act(Ledger ledger, Random random, Instant now) {
                var room = 2 * CAP - ledger.bytes();
                var size = room > 0 && room < CAP ? room + 1 + random.nextLong(MIB) : CAP / 4;
                ledger.upload("thief", Math.min(CAP, size), now);
            }
        },
        DELETING {
            @Override
            void act(Ledger ledger, Random random, Instant now) {
                var live = ledger.live();
                if (live.isEmpty() || random.nextInt(3) == 0) {
                    ledger.upload("thief", 1 + random.nextLong(CAP / 2), now);
                } else {
                    ledger.delete(live.get(random.nextInt(live.size())), now);
                }
            }
        },
        ANY {
            @Override
            void act(Ledger ledger, Random random, Instant now) {
                ONE_WAY.get(random.nextInt(ONE_WAY.size())).act(ledger, random, now);
            }
        };

        private static final List<Thief> ONE_WAY = List.of(MANY_SMALL, HUGE, JUST_ABOVE, DELETING);

        abstract void act(Ledger ledger, Random random, Instant now);
    }

    @ParameterizedTest
    @EnumSource
    void after_six_days_12_or_more_of_a_daily_owners_days_are_still_there(Thief thief) {
        var fewest = Integer.MAX_VALUE;
        var peak = 0L;
        for (var seed = 0; seed < CASES; seed++) {
            var random = new Random(seed);
            var size = MIB + random.nextLong(CAP / 10 - MIB);
            var ledger = history(1, size);
            rob(ledger, thief, random, random.nextBoolean() ? size : 0);
            fewest = Math.min(fewest, ledger.days("owner").size());
            peak = Math.max(peak, ledger.peakBytes());
        }

        System.out.printf(
                "MEASURED %s: %d or more owner's days left, space at most %.2f caps%n",
                thief, fewest, (double) peak / CAP);
        assertThat(fewest).isGreaterThanOrEqualTo(12);
        assertThat(peak).isLessThanOrEqualTo(3 * CAP);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 24})
    void six_days_cost_six_earlier_days_of_whoever_uploads_more_often(int uploadsADay) {
        for (var seed = 0; seed < CASES / 3; seed++) {
            var random = new Random(seed);
            var ledger = history(uploadsADay, MIB + random.nextLong(CAP / 30));
            var before = ledger.days("owner").size();
            rob(ledger, Thief.ANY, random, 0);

            assertThat(before).isGreaterThanOrEqualTo(12);
            assertThat(ledger.days("owner")).hasSizeGreaterThanOrEqualTo(before - THIEF_DAYS);
            assertThat(ledger.peakBytes()).isLessThanOrEqualTo(3 * CAP);
        }
    }

    private static Ledger history(int uploadsADay, long sizeBytes) {
        var ledger = new Ledger(RULES);
        for (var day = 0; day < HISTORY_DAYS; day++) {
            for (var upload = 0; upload < uploadsADay; upload++) {
                ledger.upload("owner", sizeBytes, at(day, 60 + upload * 1370L / uploadsADay));
            }
            ledger.endDay(at(day, 1439));
        }
        assertThat(ledger.refusals("owner")).isZero();
        return ledger;
    }

    /** Up to fifty acts a day at any minute; an owner with a size goes on uploading at three. */
    private static void rob(Ledger ledger, Thief thief, Random random, long ownerBytes) {
        for (var day = HISTORY_DAYS; day < HISTORY_DAYS + THIEF_DAYS; day++) {
            var acts = new TreeMap<Integer, Boolean>();
            for (var act = random.nextInt(50); act >= 0; act--) {
                acts.put(random.nextInt(1430), true);
            }
            if (ownerBytes > 0) {
                acts.put(180, false);
            }
            for (var act : acts.entrySet()) {
                var now = at(day, act.getKey());
                if (act.getValue()) {
                    thief.act(ledger, random, now);
                } else {
                    ledger.upload("owner", ownerBytes, now);
                }
            }
            ledger.endDay(at(day, 1439));
        }
    }

    private static Instant at(int day, long minute) {
        return Instant.parse("2026-03-01T00:00:00Z")
                .plus(Duration.ofDays(day))
                .plus(Duration.ofMinutes(minute));
    }
}
