package coffer.retention;

import static coffer.retention.Backups.MIB;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.retention.Candidate.Place;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * Whatever happens in whatever order, {@link Ledger} sees invariants 1 and 2 of the design hold at
 * each step: uploads one after the other and two at a time, deletions, pins, holds, rot, gaps,
 * nights that are skipped, and clocks that jump both ways.
 */
class RandomHistoryTest {

    @RepeatedTest(60)
    void no_history_breaks_the_invariants(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());

        var ledger = play(rules(random), random, true);

        assertThat(ledger.kept()).anyMatch(Candidate::live);
    }

    @RepeatedTest(40)
    void without_pins_and_one_upload_at_a_time_space_stays_within_three_caps(
            RepetitionInfo repetition) {
        var random = new Random(1000L + repetition.getCurrentRepetition());
        var rules = rules(random);

        var ledger = play(rules, random, false);

        assertThat(ledger.peakBytes()).isLessThanOrEqualTo(3 * rules.maxBytes());
    }

    @Test
    void the_same_history_gives_the_same_verdicts() {
        var first = play(rules(new Random(5)), new Random(6), true).history();
        var second = play(rules(new Random(5)), new Random(6), true).history();

        assertThat(first).isNotEmpty().isEqualTo(second);
    }

    @Test
    void a_trash_of_twenty_thousand_is_ruled_on_without_a_wait() {
        var kept = new ArrayList<Candidate>();
        var start = Instant.parse("2026-03-01T00:00:00Z");
        for (var number = 0; number < 20_000; number++) {
            var at = start.plus(Duration.ofMinutes(number / 4)).plusMillis(number);
            kept.add(
                    new Candidate(
                            new UUID(0, number),
                            number,
                            at,
                            MIB,
                            Place.TRASHED,
                            false,
                            false,
                            true,
                            at,
                            false));
        }
        var now = start.plus(Duration.ofDays(10));
        var rules = new RetentionRules(10, 10_500 * MIB, Duration.ofDays(7));
        var arrival = new Arrival(new UUID(1, 0), 20_000, now, MIB);

        var begun = System.nanoTime();
        var ruling = RetentionPolicy.onSeal(kept, arrival, rules, Optional.empty(), now);
        var took = Duration.ofNanos(System.nanoTime() - begun);

        System.out.printf("MEASURED 20,000 candidates, 9,500 to go: %d ms%n", took.toMillis());
        assertThat(ruling.verdicts()).hasSize(9_500);
        assertThat(took).isLessThan(Duration.ofSeconds(10));
    }

    private static RetentionRules rules(Random random) {
        var generations =
                random.nextInt(3) == 0
                        ? Optional.of(
                                new Generations(
                                        ZoneId.of(
                                                List.of(
                                                                "Europe/Rome",
                                                                "Australia/Lord_Howe",
                                                                "America/St_Johns")
                                                        .get(random.nextInt(3))),
                                        random.nextInt(3),
                                        1 + random.nextInt(7),
                                        random.nextInt(4),
                                        random.nextInt(3),
                                        Optional.of(Duration.ofHours(random.nextInt(48)))))
                        : Optional.<Generations>empty();
        return new RetentionRules(
                1 + random.nextInt(12),
                1 + random.nextInt(1000),
                Duration.ofDays(random.nextInt(9)),
                Duration.ofDays(random.nextInt(30)),
                generations);
    }

    private static Ledger play(RetentionRules rules, Random random, boolean hands) {
        var ledger = new Ledger(rules);
        var underWay = new ArrayDeque<Ledger.Pending>();
        // Across both changes of the clocks in Europe, and backwards at times.
        var now = Instant.parse("2026-03-20T00:00:00Z");
        for (var step = 0; step < 400; step++) {
            now = now.plusSeconds(jump(random));
            switch (random.nextInt(hands ? 12 : 7)) {
                case 0, 1, 2, 3 -> ledger.upload("any", size(rules, random), now);
                case 4, 5 -> delete(ledger, random, now);
                case 6 -> ledger.endDay(now);
                case 7, 8 -> ledger.admit("any", size(rules, random), now).ifPresent(underWay::add);
                case 9 -> seal(ledger, underWay, now);
                default -> stand(ledger, random);
            }
            if (underWay.size() > 2) {
                seal(ledger, underWay, now);
            }
        }
        ledger.upload("any", 1, now);
        return ledger;
    }

    private static long jump(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> -random.nextInt(200_000);
            case 1 -> random.nextInt(3_000_000);
            default -> random.nextInt(20_000);
        };
    }

    private static long size(RetentionRules rules, Random random) {
        return 1
                + (random.nextBoolean()
                        ? random.nextLong(rules.maxBytes())
                        : random.nextLong(1 + rules.maxBytes() / 10));
    }

    private static void delete(Ledger ledger, Random random, Instant now) {
        var live = ledger.live();
        if (!live.isEmpty()) {
            ledger.delete(live.get(random.nextInt(live.size())), now);
        }
    }

    private static void seal(Ledger ledger, ArrayDeque<Ledger.Pending> underWay, Instant now) {
        if (!underWay.isEmpty()) {
            ledger.seal(underWay.remove(), now);
        }
    }

    private static void stand(Ledger ledger, Random random) {
        var kept = ledger.kept();
        if (!kept.isEmpty()) {
            ledger.change(
                    kept.get(random.nextInt(kept.size())).id(),
                    backup ->
                            Ledger.with(
                                    backup,
                                    random.nextInt(4) == 0,
                                    random.nextInt(6) == 0,
                                    random.nextInt(3) > 0));
        }
    }
}
