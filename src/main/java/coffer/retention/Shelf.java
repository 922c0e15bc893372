package coffer.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What is kept of one system, oldest first, parted into UTC days over live and trashed together.
 * The arrival counts as the last of its day but is not an item: nothing here can choose it.
 */
final class Shelf {

    /** Sorts by age: the order of the system decides, never a clock. */
    static final Comparator<Item> OLDEST_FIRST =
            Comparator.comparingLong(item -> item.backup().seq());

    private final List<Item> items;
    private final LocalDate today;

    private Shelf(List<Item> items, LocalDate today) {
        this.items = items;
        this.today = today;
    }

    /**
     * A kept backup with its standing.
     *
     * @param day the UTC day it stands for
     * @param clutter neither the first nor the last of its day
     * @param crowd how many its day has
     * @param last the last healthy backup: nothing may take it for good
     */
    record Item(Candidate backup, LocalDate day, boolean clutter, int crowd, boolean last) {

        long bytes() {
            return backup.sizeBytes();
        }

        boolean erasable() {
            return backup.movable() && !last;
        }
    }

    private record Day(int count, long first, long last) {

        static Day of(long seq) {
            return new Day(1, seq, seq);
        }

        Day and(Day other) {
            return new Day(
                    count + other.count, Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /** Parts what is kept, with or without an arrival, as of now. */
    static Shelf of(Collection<Candidate> kept, Optional<Arrival> arrival, Instant now) {
        var backups = distinct(kept, arrival);
        var days = new HashMap<LocalDate, Day>();
        backups.forEach(
                backup -> days.merge(day(backup.uploadedAt()), Day.of(backup.seq()), Day::and));
        // At seal nothing is newer; a caller that is behind still must not get the newest thinned.
        arrival.ifPresent(newest -> days.merge(day(newest.at()), Day.of(Long.MAX_VALUE), Day::and));
        var last = arrival.isPresent() ? Optional.<Candidate>empty() : lastHealthy(backups);
        var items =
                backups.stream()
                        .map(backup -> item(backup, days, last.filter(backup::equals).isPresent()))
                        .sorted(OLDEST_FIRST)
                        .toList();
        return new Shelf(items, today(days.keySet(), now));
    }

    /** Everything kept but these. */
    Shelf without(Set<UUID> gone) {
        return new Shelf(
                items.stream().filter(item -> !gone.contains(item.backup().id())).toList(), today);
    }

    Stream<Item> items(Predicate<Candidate> which) {
        return items.stream().filter(item -> which.test(item.backup()));
    }

    /** The UTC day of now, or of the newest backup if the clock has been set back behind it. */
    LocalDate today() {
        return today;
    }

    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private static List<Candidate> distinct(Collection<Candidate> kept, Optional<Arrival> arrival) {
        var seen = new HashSet<UUID>();
        arrival.ifPresent(newest -> seen.add(newest.id()));
        var backups = new ArrayList<Candidate>(kept.size());
        for (var backup : kept) {
            if (seen.add(backup.id())) {
                backups.add(backup);
            }
        }
        return backups;
    }

    private static Item item(Candidate backup, Map<LocalDate, Day> days, boolean last) {
        var date = day(backup.uploadedAt());
        var day = days.getOrDefault(date, Day.of(backup.seq()));
        var clutter = backup.seq() != day.first() && backup.seq() != day.last();
        return new Item(backup, date, clutter, day.count(), last);
    }

    private static Optional<Candidate> lastHealthy(List<Candidate> backups) {
        return backups.stream()
                .filter(Candidate::healthy)
                .max(Comparator.comparingLong(Candidate::seq));
    }

    private static LocalDate today(Set<LocalDate> days, Instant now) {
        return Stream.concat(days.stream(), Stream.of(day(now)))
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
