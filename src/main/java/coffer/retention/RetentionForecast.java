package coffer.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
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

    private RetentionForecast() {}

    /** The days after that of {@code now}, in order. */
    public static List<Day> of(
            Collection<Candidate> kept, RetentionRules rules, Expectation expected, Instant now) {
        var playback = new Playback(kept, rules);
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return IntStream.rangeClosed(1, expected.days())
                .mapToObj(today::plusDays)
                .map(day -> day(playback.day(day, uploads(day, expected))))
                .toList();
    }

    private static List<Playback.Upload> uploads(LocalDate day, Expectation expected) {
        var begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        return IntStream.range(0, expected.uploadsPerDay())
                .mapToObj(i ->
                        new Playback.Upload(
                                begin.plusSeconds(
                                        (2L * i + 1) * NIGHT / (2L * expected.uploadsPerDay())),
                                expected.sizeBytes()))
                .toList();
    }

    private static Day day(Playback.Day played) {
        var live = played.kept().stream().filter(Candidate::live).toList();
        var trash = played.kept().stream().filter(one -> !one.live()).toList();
        return new Day(
                played.day(),
                played.stored(),
                played.refused(),
                live.size(),
                bytes(live),
                trash.size(),
                bytes(trash),
                days(played, Verdict.Action.RETIRE),
                days(played, Verdict.Action.ERASE));
    }

    private static List<LocalDate> days(Playback.Day played, Verdict.Action action) {
        return played.events().stream()
                .filter(event -> event.action() == action)
                .map(event -> LocalDate.ofInstant(event.backup().uploadedAt(), ZoneOffset.UTC))
                .toList();
    }

    private static long bytes(List<Candidate> backups) {
        return backups.stream().mapToLong(Candidate::sizeBytes).sum();
    }
}
