package coffer.retention;

import coffer.retention.Shelf.Item;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings the trash down to its soft limit, as far as the rules allow: clutter first, then today's
 * own, then one earlier UTC day (the one-day rule, docs/adr/0010-retention-rule.md).
 */
final class TrashThinning {

    private final long softBytes;
    private final List<Item> contents;
    private final SequencedMap<Item, Reason> erased = new LinkedHashMap<>();
    private Optional<LocalDate> daySpent = Optional.empty();
    private long bytes;

    /** Takes what is in the trash, what has just been retired into it among it. */
    TrashThinning(List<Item> contents, RetentionRules rules) {
        this(contents, rules, 0);
    }

    /** The same with so many bytes beside it that have come to stay. */
    TrashThinning(List<Item> contents, RetentionRules rules, long stayingBytes) {
        this.softBytes = rules.softTrashBytes();
        this.contents = contents;
        // Nobody may erase what the law holds, so it must not make others pay for its place either.
        this.bytes =
                stayingBytes
                        + contents.stream()
                                .filter(item -> !item.backup().held())
                                .mapToLong(Item::bytes)
                                .sum();
    }

    SequencedMap<Item, Reason> erased() {
        return erased;
    }

    /** The earlier day that this costs for good, if it costs one that had not been spent before. */
    Optional<LocalDate> daySpent() {
        return daySpent;
    }

    long bytes() {
        return bytes;
    }

    boolean fits() {
        return bytes <= softBytes;
    }

    /** Clutter goes: of the day that still has the most, its oldest. */
    TrashThinning eraseClutter() {
        if (fits()) {
            return this;
        }
        var days =
                contents.stream()
                        .filter(item -> item.clutter() && item.erasable())
                        .sorted(Shelf.OLDEST_FIRST)
                        .collect(
                                Collectors.groupingBy(
                                        Item::day,
                                        TreeMap::new,
                                        Collectors.toCollection(ArrayDeque::new)));
        var crowds = new PriorityQueue<Crowd>();
        days.forEach(
                (day, clutter) -> crowds.add(new Crowd(clutter.element().crowd(), day, clutter)));
        while (!fits() && !crowds.isEmpty()) {
            var crowd = crowds.remove();
            erase(crowd.clutter().remove(), Reason.TRASHED_CLUTTER);
            if (!crowd.clutter().isEmpty()) {
                crowds.add(new Crowd(crowd.count() - 1, crowd.day(), crowd.clutter()));
            }
        }
        return this;
    }

    /** What came today goes, oldest first. */
    TrashThinning eraseTodaysOwn(LocalDate today) {
        for (var item : contents) {
            if (!fits()
                    && item.erasable()
                    && !erased.containsKey(item)
                    && item.day().equals(today)) {
                erase(item, Reason.TODAYS_OWN);
            }
        }
        return this;
    }

    /** One earlier day goes: the oldest that makes enough room by itself, else the largest. */
    TrashThinning eraseOneDay(LocalDate today, Optional<LocalDate> spent) {
        if (fits()) {
            return this;
        }
        var days = new TreeMap<LocalDate, Long>();
        contents.stream()
                .filter(item -> item.erasable() && !erased.containsKey(item))
                .filter(item -> spent.map(item.day()::equals).orElse(item.day().isBefore(today)))
                .forEach(item -> days.merge(item.day(), item.bytes(), Long::sum));
        days.entrySet().stream()
                .filter(day -> bytes - day.getValue() <= softBytes)
                .findFirst()
                .or(() ->
                        days.entrySet().stream()
                                .max(
                                        Map.Entry.<LocalDate, Long>comparingByValue()
                                                .thenComparing(
                                                        Map.Entry.comparingByKey(
                                                                Comparator.reverseOrder()))))
                .ifPresent(day -> eraseDay(day.getKey(), spent));
        return this;
    }

    private void eraseDay(LocalDate day, Optional<LocalDate> spent) {
        contents.stream()
                .filter(item ->
                        item.erasable() && item.day().equals(day) && !erased.containsKey(item))
                .forEach(item -> erase(item, Reason.ONE_DAY));
        daySpent = spent.isPresent() ? Optional.empty() : Optional.of(day);
    }

    private void erase(Item item, Reason reason) {
        erased.put(item, reason);
        bytes -= item.bytes();
    }

    private record Crowd(int count, LocalDate day, Queue<Item> clutter)
            implements Comparable<Crowd> {

        private static final Comparator<Crowd> MOST_FIRST =
                Comparator.comparingInt(Crowd::count).reversed().thenComparing(Crowd::day);

        @Override
        public int compareTo(Crowd other) {
            return MOST_FIRST.compare(this, other);
        }
    }
}
