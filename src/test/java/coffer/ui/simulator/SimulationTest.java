package coffer.ui.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.retention.Arrival;
import coffer.retention.Candidate;
import coffer.retention.RetentionPolicy;
import coffer.retention.RetentionRules;
import coffer.retention.Rhythm;
import coffer.retention.Ruling;
import coffer.retention.Verdict;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What the simulator shows is what the policy says, asked here upload by upload. */
class SimulationTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final long MIB = 1 << 20;

    @ParameterizedTest
    @CsvSource({
        "24, 20, 10, 500, 60",
        "1, 20, 10, 500, 21",
        "6, 120, 10, 500, 45",
        "168, 50, 4, 500, 120",
        "24, 490, 10, 500, 40",
        "24, 501, 10, 500, 10",
        "24, 1, 1, 500, 30",
        "12, 20, 200, 300, 60"
    })
    void a_day_shows_what_the_policy_keeps(
            int hours, long sizeMib, int count, long capMib, int days) {
        var rules = new RetentionRules(count, capMib * MIB, Duration.ofDays(7));
        var from = FIRST.atTime(2, 0).toInstant(ZoneOffset.UTC);
        var last = FIRST.plusDays(days);

        var shown =
                Simulation.of(
                                List.of(),
                                rules,
                                new Rhythm(from, Duration.ofHours(hours), sizeMib * MIB),
                                FIRST,
                                last)
                        .last();

        assertThat(places(shown.kept()))
                .isEqualTo(places(asked(rules, from, hours, sizeMib * MIB, last)));
    }

    private static Map<Instant, Candidate.Place> places(Iterable<Candidate> kept) {
        var places = new TreeMap<Instant, Candidate.Place>();
        kept.forEach(one -> places.put(one.uploadedAt(), one.place()));
        return places;
    }

    /** Without the classes of the simulator: the policy alone, as an upload and a night ask it. */
    private static Iterable<Candidate> asked(
            RetentionRules rules, Instant from, int hours, long size, LocalDate last) {
        Map<UUID, Candidate> kept = new HashMap<>();
        var at = from;
        var seq = 0L;
        for (var day = FIRST; !day.isAfter(last); day = day.plusDays(1)) {
            Optional<LocalDate> spent = Optional.empty();
            var end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
            for (; at.isBefore(end); at = at.plus(Duration.ofHours(hours))) {
                var arrival = new Arrival(new UUID(1, ++seq), seq, at, size);
                if (RetentionPolicy.onArrival(kept.values(), arrival, rules, spent, at)
                        instanceof Ruling.Refused) {
                    continue;
                }
                var ruling = RetentionPolicy.onSeal(kept.values(), arrival, rules, spent, at);
                spent = applied(kept, ruling, spent, at);
                kept.put(arrival.id(), candidate(arrival, Candidate.Place.LIVE, null));
            }
            var night = end.minusSeconds(300);
            applied(
                    kept,
                    RetentionPolicy.onDayEnd(kept.values(), rules, spent, night),
                    spent,
                    night);
        }
        return kept.values();
    }

    private static Optional<LocalDate> applied(
            Map<UUID, Candidate> kept,
            Ruling.Accepted ruling,
            Optional<LocalDate> spent,
            Instant at) {
        for (var verdict : ruling.verdicts()) {
            var one = kept.remove(verdict.id());
            if (verdict.action() == Verdict.Action.RETIRE) {
                var again = new Arrival(one.id(), one.seq(), one.uploadedAt(), one.sizeBytes());
                kept.put(one.id(), candidate(again, Candidate.Place.TRASHED, at));
            }
        }
        return spent.or(ruling::daySpent);
    }

    private static Candidate candidate(Arrival of, Candidate.Place place, Instant trashedAt) {
        return new Candidate(
                of.id(),
                of.seq(),
                of.at(),
                of.sizeBytes(),
                place,
                false,
                false,
                true,
                trashedAt,
                false);
    }
}
