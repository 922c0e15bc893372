package coffer.retention;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.retention.Candidate.Place;
import coffer.retention.Candidate.Trasher;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A model of the catalogue for one system: applies the policy's verdicts as the transactions do,
 * and checks design invariants 1 and 2 by itself, step by step.
 */
final class Ledger {

    private final RetentionRules rules;
    private final Map<UUID, Candidate> kept = new LinkedHashMap<>();
    private final Map<UUID, String> uploaders = new HashMap<>();
    private final Map<LocalDate, LocalDate> spentDays = new HashMap<>();
    private final List<Verdict> history = new ArrayList<>();
    private long seq;
    private Instant lastUpload = Instant.MIN;
    private final Map<String, Integer> refused = new HashMap<>();
    private long peakBytes;

    Ledger(RetentionRules rules) {
        this.rules = rules;
    }

    /** An upload that has been admitted and is under way. */
    record Pending(String uploader, long sizeBytes, Set<UUID> claims) {}

    /** Admission and seal at once; empty if it is refused. */
    Optional<UUID> upload(String uploader, long sizeBytes, Instant now) {
        return admit(uploader, sizeBytes, now).map(pending -> seal(pending, now));
    }

    /** Admission: what is going to leave the live backups is claimed. */
    Optional<Pending> admit(String uploader, long sizeBytes, Instant now) {
        var arrival = arrival(sizeBytes, now);
        if (!(RetentionPolicy.onArrival(kept(), arrival, rules, spent(now), now)
                instanceof Ruling.Accepted accepted)) {
            refused.merge(uploader, 1, Integer::sum);
            return Optional.empty();
        }
        var claims = new HashSet<UUID>();
        accepted.verdicts().stream()
                .map(Verdict::id)
                .filter(id -> live().contains(id))
                .forEach(claims::add);
        claims.forEach(id -> change(id, Ledger::claimed));
        return Optional.of(new Pending(uploader, sizeBytes, claims));
    }

    /** Seal: its claims end, and what it pushes out is ruled anew. */
    UUID seal(Pending pending, Instant now) {
        pending.claims().forEach(id -> change(id, Candidate::unclaimed));
        var arrival = arrival(pending.sizeBytes(), now);
        var ruling = RetentionPolicy.onSeal(kept(), arrival, rules, spent(now), now);
        seq = arrival.seq();
        lastUpload = arrival.at();
        uploaders.put(arrival.id(), pending.uploader());
        kept.put(
                arrival.id(),
                new Candidate(
                        arrival.id(),
                        arrival.seq(),
                        arrival.at(),
                        arrival.sizeBytes(),
                        Place.LIVE,
                        false,
                        false,
                        true,
                        null,
                        false));
        apply(ruling, now);
        assertThat(kept.get(arrival.id())).as("the newest survives").matches(Candidate::live);
        peakBytes = Math.max(peakBytes, bytes());
        return arrival.id();
    }

    private Arrival arrival(long sizeBytes, Instant now) {
        var at = now.isAfter(lastUpload) ? now : lastUpload.plusNanos(1000);
        return new Arrival(new UUID(0, seq + 1), seq + 1, at, sizeBytes);
    }

    /** True if the appliance's deletion is taken. */
    boolean delete(UUID id, Instant now) {
        var ruling = RetentionPolicy.onDeletion(List.copyOf(kept.values()), id, rules, now);
        if (!(ruling instanceof DeletionRuling.Accepted(var verdicts))) {
            return false;
        }
        check(verdicts, now);
        verdicts.forEach(verdict -> apply(verdict, Trasher.APPLIANCE, now));
        return true;
    }

    void endDay(Instant now) {
        apply(RetentionPolicy.onDayEnd(List.copyOf(kept.values()), rules, spent(now), now), now);
    }

    void change(UUID id, UnaryOperator<Candidate> change) {
        kept.computeIfPresent(id, (same, backup) -> change.apply(backup));
    }

    List<UUID> live() {
        return kept.values().stream().filter(Candidate::live).map(Candidate::id).toList();
    }

    List<Candidate> kept() {
        return List.copyOf(kept.values());
    }

    /** The days of which a backup of this uploader is still there, live or trashed. */
    Set<LocalDate> days(String uploader) {
        var days = new TreeSet<LocalDate>();
        kept.values().stream()
                .filter(backup -> uploader.equals(uploaders.get(backup.id())))
                .forEach(backup -> days.add(Shelf.day(backup.uploadedAt())));
        return days;
    }

    long bytes() {
        return kept.values().stream()
                .filter(backup -> !backup.held())
                .mapToLong(Candidate::sizeBytes)
                .sum();
    }

    /** The most bytes ever kept. */
    long peakBytes() {
        return peakBytes;
    }

    /** How many uploads of this uploader have been refused. */
    int refusals(String uploader) {
        return refused.getOrDefault(uploader, 0);
    }

    List<Verdict> history() {
        return history;
    }

    private Optional<LocalDate> spent(Instant now) {
        return Optional.ofNullable(spentDays.get(Shelf.day(now)));
    }

    private void apply(Ruling.Accepted ruling, Instant now) {
        ruling.daySpent()
                .ifPresent(day ->
                        assertThat(spentDays.put(Shelf.day(now), day))
                                .as("one earlier day per UTC day")
                                .isNull());
        check(ruling.verdicts(), now);
        ruling.verdicts().forEach(verdict -> apply(verdict, Trasher.RETENTION, now));
    }

    private void apply(Verdict verdict, Trasher trasher, Instant now) {
        history.add(verdict);
        var backup = kept.remove(verdict.id());
        assertThat(backup).as("verdict on something kept").isNotNull();
        assertThat(backup.pinned() || backup.held()).isFalse();
        switch (verdict.action()) {
            case ERASE -> {}
            case RETIRE -> kept.put(verdict.id(), trashed(backup, trasher, now));
        }
    }

    /** Invariant 1, by other means than the policy's. */
    private void check(List<Verdict> verdicts, Instant now) {
        var gone = new HashSet<UUID>();
        verdicts.stream()
                .filter(verdict -> verdict.action() == Verdict.Action.ERASE)
                .forEach(verdict -> gone.add(verdict.id()));
        var healthy = kept.values().stream().filter(Candidate::healthy).toList();
        assertThat(
                        healthy.isEmpty()
                                || healthy.stream().anyMatch(backup -> !gone.contains(backup.id())))
                .as("the last healthy backup stays")
                .isTrue();
        var given = new HashSet<LocalDate>();
        gone.stream()
                .map(kept::get)
                .filter(backup ->
                        representative(backup)
                                && Shelf.day(backup.uploadedAt()).isBefore(today(now)))
                .forEach(backup -> given.add(Shelf.day(backup.uploadedAt())));
        spent(now).ifPresent(given::remove);
        assertThat(given).as("earlier days given up beyond the one that is spent").isEmpty();
    }

    private LocalDate today(Instant now) {
        var newest = lastUpload.equals(Instant.MIN) ? now : lastUpload;
        return Shelf.day(newest.isAfter(now) ? newest : now);
    }

    private boolean representative(Candidate backup) {
        var day = Shelf.day(backup.uploadedAt());
        var same =
                kept.values().stream()
                        .filter(other -> Shelf.day(other.uploadedAt()).equals(day))
                        .mapToLong(Candidate::seq)
                        .summaryStatistics();
        return backup.seq() == same.getMin() || backup.seq() == same.getMax();
    }

    private static Candidate trashed(Candidate backup, Trasher trasher, Instant now) {
        return new Candidate(
                backup.id(),
                backup.seq(),
                backup.uploadedAt(),
                backup.sizeBytes(),
                Place.TRASHED,
                backup.pinned(),
                backup.held(),
                backup.healthy(),
                now,
                false,
                trasher);
    }

    private static Candidate claimed(Candidate backup) {
        return new Candidate(
                backup.id(),
                backup.seq(),
                backup.uploadedAt(),
                backup.sizeBytes(),
                backup.place(),
                backup.pinned(),
                backup.held(),
                backup.healthy(),
                backup.trashedAt(),
                true,
                backup.trashedBy());
    }

    /** A copy with other standings. */
    static Candidate with(Candidate backup, boolean pinned, boolean held, boolean healthy) {
        return new Candidate(
                backup.id(),
                backup.seq(),
                backup.uploadedAt(),
                backup.sizeBytes(),
                backup.place(),
                pinned,
                held,
                healthy,
                backup.trashedAt(),
                backup.claimed(),
                backup.trashedBy());
    }
}
