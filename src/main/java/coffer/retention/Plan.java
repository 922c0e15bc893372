package coffer.retention;

import coffer.retention.Shelf.Item;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What an arrival would push out if so many of today's earlier live backups went for good with it.
 * The policy tries none first, and as few as are enough otherwise.
 */
final class Plan {

    private final RetentionRules rules;
    private final List<Item> given;
    private final LiveThinning live;
    private final TrashThinning trash;
    private final long claimedBytes;
    private final boolean shrinks;

    private Plan(
            Shelf shelf,
            List<Item> given,
            Arrival arrival,
            RetentionRules rules,
            Optional<LocalDate> spent) {
        this.rules = rules;
        this.given = given;
        var gone = new HashSet<UUID>();
        given.forEach(item -> gone.add(item.backup().id()));
        var rest = shelf.without(gone);
        this.live = new LiveThinning(rest, arrival, rules);
        var contents =
                Stream.concat(
                                rest.items(backup -> !backup.live()),
                                live.victims().keySet().stream())
                        .sorted(Shelf.OLDEST_FIRST)
                        .toList();
        this.trash =
                new TrashThinning(contents, rules)
                        .eraseClutter()
                        .eraseTodaysOwn(shelf.today())
                        .eraseOneDay(shelf.today(), spent);
        this.claimedBytes = bytes(rest.items(Candidate::claimed));
        this.shrinks =
                live.bytes() + trash.bytes() <= bytes(shelf.items(backup -> !backup.claimed()));
    }

    /** Tries with the oldest so many of today's earlier live backups given up. */
    static Plan giving(
            int many,
            Shelf shelf,
            Arrival arrival,
            RetentionRules rules,
            Optional<LocalDate> spent) {
        return new Plan(shelf, todaysEarlier(shelf).subList(0, many), arrival, rules, spent);
    }

    /** What can be given up beyond the hard limit, oldest first. */
    static List<Item> todaysEarlier(Shelf shelf) {
        return shelf.items(Candidate::live)
                .filter(item -> item.erasable() && item.day().equals(shelf.today()))
                .toList();
    }

    /**
     * Within the hard limit; or beyond it, but no fuller than before: a trash that lowered caps
     * have made too full must not shut the system out.
     */
    boolean fits() {
        return trash.bytes() <= rules.hardTrashBytes() - claimedBytes || shrinks;
    }

    Ruling.Accepted ruling() {
        var decided = new LinkedHashMap<UUID, Verdict>();
        decide(decided, live.victims(), Verdict.Action.RETIRE);
        decide(decided, trash.erased(), Verdict.Action.ERASE);
        given.forEach(item ->
                decided.put(
                        item.backup().id(),
                        new Verdict(
                                item.backup().id(), Verdict.Action.ERASE, Reason.TODAYS_EARLIER)));
        var verdicts = new ArrayList<Verdict>(decided.size());
        for (var action : Verdict.Action.values()) {
            decided.values().stream()
                    .filter(verdict -> verdict.action() == action)
                    .forEach(verdicts::add);
        }
        return new Ruling.Accepted(verdicts, trash.daySpent(), overfull());
    }

    private Optional<Reason> overfull() {
        if (trash.bytes() > rules.hardTrashBytes() - claimedBytes) {
            return Optional.of(Reason.TRASH_AT_HARD_LIMIT);
        }
        return live.fits() ? Optional.empty() : Optional.of(Reason.PINS_FILL_CAPS);
    }

    private static void decide(
            SequencedMap<UUID, Verdict> decided,
            SequencedMap<Item, Reason> items,
            Verdict.Action action) {
        items.forEach((item, reason) -> {
            var id = item.backup().id();
            decided.remove(id);
            decided.put(id, new Verdict(id, action, reason));
        });
    }

    private static long bytes(Stream<Item> items) {
        return items.filter(item -> !item.backup().held()).mapToLong(Item::bytes).sum();
    }
}
