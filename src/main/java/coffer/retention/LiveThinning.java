package coffer.retention;

import coffer.retention.Shelf.Item;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Chooses what leaves the live backups, so that the arrival has its place under both caps. */
final class LiveThinning {

    private static final Comparator<Item> MOST_CROWDED_DAY_FIRST =
            Comparator.comparingInt(Item::crowd)
                    .reversed()
                    .thenComparing(Item::day)
                    .thenComparing(Shelf.OLDEST_FIRST);

    private final RetentionRules rules;
    private final SequencedMap<Item, Reason> victims = new LinkedHashMap<>();
    private long count = 1;
    private long bytes;

    LiveThinning(Shelf shelf, Arrival arrival, RetentionRules rules) {
        this.rules = rules;
        this.bytes = arrival.sizeBytes();
        var counted =
                shelf.items(Candidate::live)
                        .filter(item -> !item.backup().held() && !item.backup().claimed())
                        .toList();
        count += counted.size();
        bytes += counted.stream().mapToLong(Item::bytes).sum();
        var movable = counted.stream().filter(item -> item.backup().movable()).toList();
        retireSurplus(movable, arrival);
        retireForCaps(movable);
    }

    /** What goes, in the order of choice, and why. */
    SequencedMap<Item, Reason> victims() {
        return victims;
    }

    /** False if what may not be moved leaves too little room. */
    boolean fits() {
        return count <= rules.maxBackups() && bytes <= rules.maxBytes();
    }

    long bytes() {
        return bytes;
    }

    private void retireSurplus(List<Item> movable, Arrival arrival) {
        rules.generations()
                .ifPresent(generations -> {
                    var backups = movable.stream().map(Item::backup).toList();
                    var wanted = Calendar.wanted(generations, backups, arrival);
                    movable.stream()
                            .filter(item -> !wanted.contains(item.backup().id()))
                            .forEach(item -> retire(item, Reason.SURPLUS));
                });
    }

    private void retireForCaps(List<Item> movable) {
        var rest = movable.stream().filter(item -> !victims.containsKey(item)).toList();
        rest.stream()
                .filter(Item::clutter)
                .sorted(MOST_CROWDED_DAY_FIRST)
                .forEach(item -> makeRoom(item, Reason.CLUTTER));
        rest.stream()
                .filter(item -> !item.clutter())
                .forEach(item -> makeRoom(item, Reason.OLDEST));
    }

    private void makeRoom(Item item, Reason reason) {
        if (!fits()) {
            retire(item, reason);
        }
    }

    private void retire(Item item, Reason reason) {
        victims.put(item, reason);
        count--;
        bytes -= item.bytes();
    }
}
