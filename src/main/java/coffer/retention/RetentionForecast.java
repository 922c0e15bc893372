package coffer.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Plays {@link RetentionPolicy} over days to come: so many uploads of such a size each day, and the
 * nightly audit. Pure, as the policy is; what it says is what the server would do.
 */
public final class RetentionForecast {

    /** As long as it can be asked for. */
    public static final int MOST_DAYS = 366;

    private static final long SECONDS_A_DAY = 86_400;
    private static final long NIGHT = SECONDS_A_DAY - 300;

    /**
     * What is expected to come.
     *
     * @param days how many, from tomorrow on
     * @param uploadsPerDay spread evenly over each day
     * @param sizeBytes of each
     */
    public record Expectation(int days, int uploadsPerDay, long sizeBytes) {

        /** Refuses what would take too long. */
        public Expectation {
            if (days < 1 || days > MOST_DAYS || uploadsPerDay < 0 || uploadsPerDay > 48) {
                throw new IllegalArgumentException("1 to 366 days of 0 to 48 uploads");
            }
            if (sizeBytes < 1) {
                throw new IllegalArgumentException("an upload has a size");
            }
        }
    }

    /**
     * How a day ends.
     *
     * @param refused uploads that would not be taken
     * @param retired what went to the trash, of whichever day
     * @param erased what went for good
     */
    public record Day(
            LocalDate day,
            int stored,
            int refused,
            int liveCount,
            long liveBytes,
            int trashCount,
            long trashBytes,
            List<LocalDate> retired,
            List<LocalDate> erased) {

        /** Copies. */
        public Day {
            retired = List.copyOf(retired);
            erased = List.copyOf(erased);
        }
    }

    private final Map<UUID, Candidate> kept = new LinkedHashMap<>();
    private final List<LocalDate> retired = new ArrayList<>();
    private final List<LocalDate> erased = new ArrayList<>();
    private final RetentionRules rules;
    private Optional<LocalDate> spent = Optional.empty();
    private long seq;

    private RetentionForecast(Collection<Candidate> now, RetentionRules rules) {
        now.forEach(one -> kept.put(one.id(), one.unclaimed()));
        this.seq = now.stream().mapToLong(Candidate::seq).max().orElse(0);
        this.rules = rules;
    }

    /** The days after that of {@code now}, in order. */
    public static List<Day> of(
            Collection<Candidate> kept, RetentionRules rules, Expectation expected, Instant now) {
        var forecast = new RetentionForecast(kept, rules);
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return IntStream.rangeClosed(1, expected.days())
                .mapToObj(day -> forecast.day(today.plusDays(day), expected))
                .toList();
    }

    private Day day(LocalDate day, Expectation expected) {
        retired.clear();
        erased.clear();
        spent = Optional.empty();
        var begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var stored = 0;
        for (var i = 0; i < expected.uploadsPerDay(); i++) {
            var at = begin.plusSeconds((2L * i + 1) * NIGHT / (2L * expected.uploadsPerDay()));
            stored += upload(at, expected.sizeBytes()) ? 1 : 0;
        }
        var night = begin.plusSeconds(NIGHT);
        apply(RetentionPolicy.onDayEnd(sorted(), rules, spent, night), night);
        return new Day(
                day,
                stored,
                expected.uploadsPerDay() - stored,
                (int) count(Candidate::live),
                bytes(Candidate::live),
                (int) count(one -> !one.live()),
                bytes(one -> !one.live()),
                retired,
                erased);
    }

    private boolean upload(Instant at, long sizeBytes) {
        var arrival = new Arrival(new UUID(~seq, seq), seq + 1, at, sizeBytes);
        if (RetentionPolicy.onArrival(sorted(), arrival, rules, spent, at)
                instanceof Ruling.Refused) {
            return false;
        }
        seq++;
        apply(RetentionPolicy.onSeal(sorted(), arrival, rules, spent, at), at);
        kept.put(
                arrival.id(),
                new Candidate(
                        arrival.id(),
                        seq,
                        at,
                        sizeBytes,
                        Candidate.Place.LIVE,
                        false,
                        false,
                        true,
                        null,
                        false));
        return true;
    }

    private void apply(Ruling.Accepted ruling, Instant at) {
        for (var verdict : ruling.verdicts()) {
            var one = kept.remove(verdict.id());
            if (one == null) {
                continue;
            }
            var day = LocalDate.ofInstant(one.uploadedAt(), ZoneOffset.UTC);
            if (verdict.action() == Verdict.Action.ERASE) {
                erased.add(day);
            } else {
                retired.add(day);
                kept.put(one.id(), trashed(one, at));
            }
        }
        spent = spent.or(ruling::daySpent);
    }

    private static Candidate trashed(Candidate one, Instant at) {
        return new Candidate(
                one.id(),
                one.seq(),
                one.uploadedAt(),
                one.sizeBytes(),
                Candidate.Place.TRASHED,
                one.pinned(),
                one.held(),
                one.healthy(),
                at,
                false,
                Candidate.Trasher.RETENTION);
    }

    private List<Candidate> sorted() {
        return kept.values().stream().sorted(Comparator.comparingLong(Candidate::seq)).toList();
    }

    private long count(Predicate<Candidate> which) {
        return kept.values().stream().filter(which).count();
    }

    private long bytes(Predicate<Candidate> which) {
        return kept.values().stream().filter(which).mapToLong(Candidate::sizeBytes).sum();
    }
}
