package coffer.upkeep.retention;

import coffer.alert.AlertKind;
import coffer.retention.Candidate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What is out of line with a system's own history; nothing is done about it but to say so. */
enum Oddity {
    /** The newest is four times as large as usual, or a quarter. */
    SIZE(AlertKind.BACKUP_ODD_SIZE),
    /** The newest is of another kind than the two before it. */
    KIND(AlertKind.BACKUP_ODD_KIND),
    /** More came in one day than any schedule explains. */
    CADENCE(AlertKind.BACKUP_ODD_CADENCE);

    private static final int ENOUGH = 4;
    private static final int FACTOR = 4;
    private static final int MOST_A_DAY = 48;

    private final AlertKind alert;

    Oddity(AlertKind alert) {
        this.alert = alert;
    }

    /** What says so to a person. */
    AlertKind alert() {
        return alert;
    }

    /** {@code backup.odd-size}. */
    String code() {
        return alert.code();
    }

    static List<Oddity> of(SystemView view, Instant at) {
        var found = new ArrayList<Oddity>();
        if (oddSize(view.live())) {
            found.add(SIZE);
        }
        if (oddKind(view.contentKinds())) {
            found.add(KIND);
        }
        var day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        var today =
                view.kept().stream()
                        .filter(one ->
                                LocalDate.ofInstant(one.uploadedAt(), ZoneOffset.UTC).equals(day))
                        .count();
        if (today > MOST_A_DAY) {
            found.add(CADENCE);
        }
        return found;
    }

    private static boolean oddSize(List<Candidate> live) {
        if (live.size() <= ENOUGH) {
            return false;
        }
        var newest = live.getLast().sizeBytes();
        var before =
                live.subList(0, live.size() - 1).stream()
                        .mapToLong(Candidate::sizeBytes)
                        .sorted()
                        .toArray();
        var usual = before[before.length / 2];
        return newest > FACTOR * usual || newest < usual / FACTOR;
    }

    private static boolean oddKind(List<String> kinds) {
        if (kinds.size() < 3) {
            return false;
        }
        var last = kinds.subList(kinds.size() - 3, kinds.size());
        return last.get(0).equals(last.get(1)) && !last.get(1).equals(last.get(2));
    }
}
