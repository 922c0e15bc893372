package coffer.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Backups that come one after the other.
 *
 * @param from the first
 * @param every the time between two, at least half an hour
 * @param sizeBytes of each
 */
public record Rhythm(Instant from, Duration every, long sizeBytes) {

    private static final Duration LEAST = Duration.ofMinutes(30);

    /** Refuses what would take too long to play. */
    public Rhythm {
        if (every.compareTo(LEAST) < 0 || sizeBytes < 1) {
            throw new IllegalArgumentException("at most one in half an hour, each with a size");
        }
    }

    /** Those of a UTC day. */
    public List<Playback.Upload> on(LocalDate day) {
        var begin = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        var seconds = every.toSeconds();
        var first =
                Math.max(
                        0, -Math.floorDiv(from.getEpochSecond() - begin.getEpochSecond(), seconds));
        return LongStream.iterate(first, n -> n + 1)
                .mapToObj(n -> from.plusSeconds(n * seconds))
                .takeWhile(at -> at.isBefore(end))
                .map(at -> new Playback.Upload(at, sizeBytes))
                .toList();
    }
}
