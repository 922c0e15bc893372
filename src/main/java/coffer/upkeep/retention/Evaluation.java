package coffer.upkeep.retention;

import coffer.alert.AlertKind;
import coffer.retention.Arrival;
import coffer.retention.Candidate;
import coffer.retention.RetentionPolicy;
import coffer.retention.RetentionRules;
import coffer.retention.Ruling;
import coffer.retention.Verdict;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What policy says of a system at the end of a day.
 *
 * @param ruling what goes for good tonight, and the day that this costs
 * @param surplus live backups beyond the policy: the next upload retires them; a system that falls
 *     silent keeps them
 * @param miscounted its counters seem wrong
 * @param oddities what is out of line
 * @param settled alerts, raised by what the system did, whose cause is over
 */
record Evaluation(
        Ruling.Accepted ruling,
        List<Verdict> surplus,
        boolean miscounted,
        List<Oddity> oddities,
        Set<AlertKind> settled) {

    private static final Set<String> LATE = Set.of("late", "overdue");

    static Evaluation of(SystemView view, RetentionRules rules, Instant at) {
        return new Evaluation(
                RetentionPolicy.onDayEnd(view.kept(), rules, view.spent(), at),
                surplus(view, rules, at),
                !view.counted().equals(view.booked()),
                Oddity.of(view, at),
                settled(view, rules, at));
    }

    /** The trash has room again; or nobody deletes any more. */
    private static Set<AlertKind> settled(SystemView view, RetentionRules rules, Instant at) {
        var trash =
                view.kept().stream().filter(one -> one.place() == Candidate.Place.TRASHED).toList();
        var settled = EnumSet.noneOf(AlertKind.class);
        if (trash.stream().mapToLong(Candidate::sizeBytes).sum() <= rules.softTrashBytes()) {
            settled.add(AlertKind.BACKUP_TRASH_FULL);
        }
        var dayBegan = at.truncatedTo(ChronoUnit.DAYS);
        if (trash.stream()
                .noneMatch(one ->
                        one.trashedBy() == Candidate.Trasher.APPLIANCE
                                && one.trashedAt() != null
                                && !one.trashedAt().isBefore(dayBegan))) {
            settled.add(AlertKind.BACKUP_DELETIONS);
        }
        return settled;
    }

    /** Asked as if the newest backup came in just now. */
    private static List<Verdict> surplus(SystemView view, RetentionRules rules, Instant at) {
        var live = view.live();
        var bytes = live.stream().mapToLong(Candidate::sizeBytes).sum();
        if (live.isEmpty()
                || (rules.generations().isEmpty()
                        && live.size() <= rules.maxBackups()
                        && bytes <= rules.maxBytes())) {
            return List.of();
        }
        var newest = live.getLast();
        var arrival =
                new Arrival(newest.id(), newest.seq(), newest.uploadedAt(), newest.sizeBytes());
        var rest = view.kept().stream().filter(one -> !one.id().equals(newest.id())).toList();
        return RetentionPolicy.onSeal(rest, arrival, rules, view.spent(), at).verdicts().stream()
                .filter(verdict -> verdict.action() == Verdict.Action.RETIRE)
                .toList();
    }

    /** Something is to be changed in the catalogue. */
    boolean acts() {
        return !ruling.verdicts().isEmpty() || miscounted;
    }

    /** A line of the report. */
    boolean tells(SystemView view) {
        return acts() || !surplus.isEmpty() || !oddities.isEmpty() || LATE.contains(view.state());
    }

    /** What would go. */
    List<Candidate> expired(SystemView view) {
        var ids = ruling.verdicts().stream().map(Verdict::id).collect(Collectors.toSet());
        return view.kept().stream().filter(one -> ids.contains(one.id())).toList();
    }

    /** The report's line, when this has gone, or would go. */
    AuditLedger.Line line(SystemView view, List<Candidate> gone) {
        var verdicts = new ArrayList<Map<String, String>>();
        ruling.verdicts().forEach(verdict -> verdicts.add(word(verdict)));
        surplus.forEach(verdict -> verdicts.add(word(verdict)));
        return new AuditLedger.Line(
                view.id(),
                view.organizationId(),
                view.state(),
                gone.size(),
                gone.stream().mapToLong(Candidate::sizeBytes).sum(),
                surplus.size(),
                miscounted,
                String.join(" ", oddities.stream().map(Oddity::code).toList()),
                verdicts);
    }

    private static Map<String, String> word(Verdict verdict) {
        return Map.of(
                "backup_id", verdict.id().toString(),
                "action", verdict.action() == Verdict.Action.ERASE ? "erase" : "retire",
                "reason", verdict.reason().text());
    }
}
