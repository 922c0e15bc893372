package coffer.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The most that somebody with a system's credential can cost for good, however much they upload and
 * delete (docs/adr/0010-retention-rule.md): at once the clutter and what came today; then, of the
 * first and last backups of earlier days, those of one day on each UTC day. Never what is pinned or
 * held, nor the last healthy backup. A bound, not a forecast: what the trash has room for stays.
 *
 * @param today how many came today and may be gone by tonight
 * @param clutter how many of earlier days may be gone by tonight
 * @param days earlier days whose first or last backup is there and may go, the oldest first
 * @param safe how many cannot go
 */
public record Exposure(int today, int clutter, List<LocalDate> days, int safe) {

    /** Copies. */
    public Exposure {
        days = List.copyOf(days);
    }

    /** As of now, over live and trashed together. */
    public static Exposure of(Collection<Candidate> kept, Instant now) {
        var shelf = Shelf.of(kept, java.util.Optional.empty(), now);
        var days = new TreeSet<LocalDate>();
        var today = 0;
        var clutter = 0;
        var safe = 0;
        for (var item : shelf.items(any -> true).toList()) {
            if (!item.erasable()) {
                safe++;
            } else if (item.day().equals(shelf.today())) {
                today++;
            } else if (item.clutter()) {
                clutter++;
            } else {
                days.add(item.day());
            }
        }
        return new Exposure(today, clutter, List.copyOf(days), safe);
    }

    /**
     * So many earlier days are there for certain at the end of the n-th UTC day, today the first.
     */
    public int daysAfter(int utcDays) {
        return Math.max(0, days.size() - utcDays);
    }
}
