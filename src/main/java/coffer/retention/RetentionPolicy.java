package coffer.retention;

import coffer.retention.Shelf.Item;
import coffer.retention.Verdict.Action;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/**
 * The rule by which backups are kept, put into the trash and given up for good
 * (docs/en/retention.md tells it to administrators, docs/adr/0010-retention-rule.md says why).
 * Pure: whoever asks applies the verdicts, under the lock of the system's row, in the transaction
 * that makes them true.
 *
 * <p>Days are UTC days. {@code now} and {@code spentToday} belong together: the earlier day, if
 * any, that has been given up for good on the UTC day of {@code now}.
 */
public final class RetentionPolicy {

    private RetentionPolicy() {}

    /**
     * What an upload would push out, asked before its body is read. Nothing is to be applied yet:
     * what leaves the live backups may be claimed for it, the rest is ruled anew by {@link
     * #onSeal}.
     *
     * @return {@link Ruling.Refused} if it alone is larger than the cap, or the trash would pass
     *     its hard limit although all that came today went for good
     */
    public static Ruling onArrival(
            Collection<Candidate> kept,
            Arrival arrival,
            RetentionRules rules,
            Optional<LocalDate> spentToday,
            Instant now) {
        if (arrival.sizeBytes() > rules.maxBytes()) {
            return new Ruling.Refused(Reason.EXCEEDS_CAP, rules.maxBytes());
        }
        var plan = plan(kept, arrival, rules, spentToday, now);
        return plan.fits()
                ? plan.ruling()
                : new Ruling.Refused(Reason.TRASH_AT_HARD_LIMIT, rules.maxBytes());
    }

    /**
     * What the sealed backup pushes out. It has been admitted and its bytes are stored, so it is
     * never refused: what does not fit stays, and {@link Ruling.Accepted#overfull()} says so.
     *
     * @param kept all other kept backups; those that this upload itself claimed as {@link
     *     Candidate#unclaimed()}, else they escape the trash's limits until the next upload
     */
    public static Ruling.Accepted onSeal(
            Collection<Candidate> kept,
            Arrival arrival,
            RetentionRules rules,
            Optional<LocalDate> spentToday,
            Instant now) {
        return plan(kept, arrival, rules, spentToday, now).ruling();
    }

    /**
     * An appliance deletes one of its backups: it goes to the trash, where clutter, and nothing
     * else, may have to make room for it.
     */
    public static DeletionRuling onDeletion(
            Collection<Candidate> kept, UUID victim, RetentionRules rules, Instant now) {
        var shelf = Shelf.of(kept, Optional.empty(), now);
        var found = shelf.items(backup -> backup.live() && backup.id().equals(victim)).findFirst();
        if (found.isEmpty()) {
            return new DeletionRuling.Absent();
        }
        var deleted = found.get();
        if (deleted.backup().pinned() || deleted.backup().held()) {
            return new DeletionRuling.Protected();
        }
        // It does not push out itself: a deletion goes to the trash, or is refused.
        var contents = shelf.items(backup -> !backup.live()).toList();
        var trash = new TrashThinning(contents, rules, deleted.bytes()).eraseClutter();
        if (!trash.fits()) {
            return new DeletionRuling.TrashFull();
        }
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(new Verdict(victim, Action.RETIRE, Reason.DELETED));
        trash.erased().forEach((item, reason) -> verdicts.add(erase(item, reason)));
        return new DeletionRuling.Accepted(verdicts);
    }

    /**
     * The end of a UTC day: what is past its time in the trash goes. Clutter all of it; of the
     * days' first and last backups those of the oldest such day, if the one earlier day that this
     * UTC day may cost is unspent.
     *
     * @param now an instant of the day that ends
     */
    public static Ruling.Accepted onDayEnd(
            Collection<Candidate> kept,
            RetentionRules rules,
            Optional<LocalDate> spentToday,
            Instant now) {
        var due =
                Shelf.of(kept, Optional.empty(), now)
                        .items(backup -> due(backup, rules, now))
                        .filter(Item::erasable)
                        .toList();
        var oldest =
                due.stream()
                        .filter(item -> !item.clutter())
                        .map(Item::day)
                        .filter(day -> spentToday.map(day::equals).orElse(true))
                        .min(LocalDate::compareTo);
        var verdicts =
                due.stream()
                        .filter(item ->
                                item.clutter() || oldest.filter(item.day()::equals).isPresent())
                        .map(item -> erase(item, Reason.AGE))
                        .toList();
        return new Ruling.Accepted(
                verdicts, spentToday.isPresent() ? Optional.empty() : oldest, Optional.empty());
    }

    /** Whether a live backup may be pinned: at most max-backups - 2 of them, and half the bytes. */
    public static PinRuling mayPin(Collection<Candidate> kept, UUID id, RetentionRules rules) {
        var live = kept.stream().filter(backup -> backup.live() && !backup.claimed()).toList();
        var found = live.stream().filter(backup -> backup.id().equals(id)).findFirst();
        if (found.isEmpty()) {
            return new PinRuling.Absent();
        }
        var pins = live.stream().filter(Candidate::pinned).toList();
        if (found.get().pinned()) {
            return new PinRuling.Allowed();
        }
        if (pins.size() >= rules.maxPins()) {
            return new PinRuling.TooMany(rules.maxPins());
        }
        var bytes = pins.stream().mapToLong(Candidate::sizeBytes).sum();
        return found.get().sizeBytes() > rules.maxPinnedBytes() - bytes
                ? new PinRuling.TooLarge(rules.maxPinnedBytes())
                : new PinRuling.Allowed();
    }

    /** Gives up none of today's earlier live backups, else as few as are enough, else all. */
    private static Plan plan(
            Collection<Candidate> kept,
            Arrival arrival,
            RetentionRules rules,
            Optional<LocalDate> spent,
            Instant now) {
        var shelf = Shelf.of(kept, Optional.of(arrival), now);
        var plan = Plan.giving(0, shelf, arrival, rules, spent);
        var low = 1;
        var high = Plan.todaysEarlier(shelf).size();
        if (plan.fits() || high == 0) {
            return plan;
        }
        plan = Plan.giving(high, shelf, arrival, rules, spent);
        while (plan.fits() && low < high) {
            var middle = (low + high) / 2;
            var tried = Plan.giving(middle, shelf, arrival, rules, spent);
            if (tried.fits()) {
                plan = tried;
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return plan;
    }

    /** Whole days: what was trashed in the morning stays as long as what was trashed at night. */
    private static boolean due(Candidate backup, RetentionRules rules, Instant now) {
        var trashedAt = backup.trashedAt();
        if (trashedAt == null) {
            return false;
        }
        var dayEnd = Shelf.day(trashedAt).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return Duration.between(dayEnd, now).compareTo(period(backup, rules)) >= 0;
    }

    private static Duration period(Candidate backup, RetentionRules rules) {
        return backup.trashedBy() == Candidate.Trasher.APPLIANCE
                ? rules.deletionPeriod()
                : rules.trashPeriod();
    }

    private static Verdict erase(Item item, Reason reason) {
        return new Verdict(item.backup().id(), Action.ERASE, reason);
    }
}
