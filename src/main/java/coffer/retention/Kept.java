package coffer.retention;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A backup and why it is still there.
 *
 * @param why the strongest reason of those that hold
 */
public record Kept(Candidate backup, Why why) {

    /** Why something is there, the strongest first. */
    public enum Why {
        /** A legal hold: nothing takes it. */
        HELD,
        /** An administrator's hand. */
        PINNED,
        /** The newest never goes. */
        NEWEST,
        /** In the trash, until its time or the room ends. */
        TRASHED,
        /** The first or the last of its day, which goes after all clutter. */
        DAY,
        /** Neither; the caps still have room for it. */
        ROOM
    }

    /** Each that is kept, oldest first. */
    public static List<Kept> of(Collection<Candidate> kept, Instant now) {
        var newest =
                kept.stream()
                        .filter(Candidate::live)
                        .max(Comparator.comparingLong(Candidate::seq))
                        .map(Candidate::id);
        return Shelf.of(kept, Optional.empty(), now)
                .items(any -> true)
                .map(item ->
                        new Kept(
                                item.backup(),
                                why(item, newest.filter(item.backup().id()::equals).isPresent())))
                .toList();
    }

    private static Why why(Shelf.Item item, boolean newest) {
        var backup = item.backup();
        if (backup.held()) {
            return Why.HELD;
        }
        if (!backup.live()) {
            return Why.TRASHED;
        }
        if (backup.pinned()) {
            return Why.PINNED;
        }
        if (newest) {
            return Why.NEWEST;
        }
        return item.clutter() ? Why.ROOM : Why.DAY;
    }
}
