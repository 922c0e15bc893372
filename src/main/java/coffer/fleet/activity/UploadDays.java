package coffer.fleet.activity;

import coffer.id.Caller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many backups a subtree has sent on each of the last days. Days that are over do not change
 * any more but by erasure: they are counted once a day and organization, and so are the hours of
 * today that are over.
 */
@ApplicationScoped
public class UploadDays {

    /** How many days are told of, today's included. */
    public static final int DAYS = 28;

    private static final int MOST = 500;

    /** An upload that was accepted so long ago is in the catalogue, or never will be. */
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private static final Duration PIECE = Duration.ofHours(1);

    /** Backups and their bytes. */
    public record Sum(long backups, long bytes) {

        static final Sum NONE = new Sum(0, 0);

        Sum plus(Sum other) {
            return new Sum(backups + other.backups, bytes + other.bytes);
        }
    }

    /** A UTC day. */
    public record Day(LocalDate day, long backups, long bytes) {}

    /** The days until an instant that lies in the last of them. */
    private record Counted(Instant until, Map<LocalDate, Sum> days) {}

    private final ActivityLedger ledger;
    private final SubtreeLedger subtrees;
    private final Clock clock;

    /** By path; the one that nobody asked for longest goes first. */
    private final Map<String, Counted> known = new LinkedHashMap<>(16, 0.75f, true);

    @Inject
    UploadDays(ActivityLedger ledger, SubtreeLedger subtrees, Clock clock) {
        this.ledger = ledger;
        this.subtrees = subtrees;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UploadDays() {
        this(null, null, null);
    }

    /** The last {@value #DAYS} days, the oldest first. */
    @Transactional
    public List<Day> of(Caller.Person caller) {
        var path = BackupPlaces.path(caller);
        var size = subtrees.size(path);
        var now = clock.instant();
        var today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        var counted = counted(path, size, now);
        var open = ledger.uploads(path, size, counted.until(), start(today.plusDays(1)));
        var sums = sum(counted.days(), open);
        var days = new ArrayList<Day>();
        for (var ago = DAYS - 1; ago >= 0; ago--) {
            var day = today.minusDays(ago);
            var sum = sums.getOrDefault(day, Sum.NONE);
            days.add(new Day(day, sum.backups(), sum.bytes()));
        }
        return days;
    }

    /** What is counted already; counted on, where that is an hour ago, and anew on another day. */
    private Counted counted(String path, SubtreeLedger.Size size, Instant now) {
        var today = start(LocalDate.ofInstant(now, ZoneOffset.UTC));
        var settled = now.minus(SETTLED);
        var until = settled.isBefore(today) ? today : settled;
        @Nullable Counted before;
        synchronized (known) {
            before = known.get(path);
        }
        if (before == null || before.until().isBefore(today) || before.until().isAfter(until)) {
            before = new Counted(today.minus(Duration.ofDays(DAYS - 1L)), Map.of());
        } else if (before.until().isAfter(until.minus(PIECE))) {
            return before;
        }
        var piece = ledger.uploads(path, size, before.until(), until);
        var counted = new Counted(until, sum(before.days(), piece));
        synchronized (known) {
            known.put(path, counted);
            if (known.size() > MOST) {
                known.remove(known.keySet().iterator().next());
            }
        }
        return counted;
    }

    private static Map<LocalDate, Sum> sum(Map<LocalDate, Sum> one, Map<LocalDate, Sum> other) {
        var sums = new HashMap<>(one);
        other.forEach((day, sum) -> sums.merge(day, sum, Sum::plus));
        return Map.copyOf(sums);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
