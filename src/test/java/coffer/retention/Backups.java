package coffer.retention;

import coffer.retention.Candidate.Place;
import coffer.retention.Candidate.Trasher;
import coffer.retention.Verdict.Action;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Lays out what is kept for an example: each call is one backup, newer than the one before. */
final class Backups {

    static final long MIB = 1 << 20;
    static final RetentionRules RULES = new RetentionRules(10, 500 * MIB, Duration.ofDays(7));

    private final List<Candidate> kept = new ArrayList<>();

    /** A moment of November 2026, {@code at(21, 14)} being two in the afternoon of the 21st. */
    static Instant at(int day, int hour) {
        return Instant.parse("2026-11-01T00:00:00Z")
                .plus(Duration.ofDays(day - 1))
                .plus(Duration.ofHours(hour));
    }

    static UUID id(int number) {
        return new UUID(1, number);
    }

    Backups live(int day, int hour, long mib) {
        return add(at(day, hour), mib, Place.LIVE, null, Trasher.RETENTION);
    }

    Backups trashed(int day, int hour, long mib, Instant trashedAt) {
        return add(at(day, hour), mib, Place.TRASHED, trashedAt, Trasher.RETENTION);
    }

    Backups deleted(int day, int hour, long mib, Instant trashedAt) {
        return add(at(day, hour), mib, Place.TRASHED, trashedAt, Trasher.APPLIANCE);
    }

    /** One live backup a day, at one in the morning. */
    Backups daily(int fromDay, int toDay, long mib) {
        for (var day = fromDay; day <= toDay; day++) {
            live(day, 1, mib);
        }
        return this;
    }

    Backups pinned() {
        var last = kept.removeLast();
        kept.add(Ledger.with(last, true, last.held(), last.healthy()));
        return this;
    }

    Backups held() {
        var last = kept.removeLast();
        kept.add(Ledger.with(last, last.pinned(), true, last.healthy()));
        return this;
    }

    Backups corrupt() {
        var last = kept.removeLast();
        kept.add(Ledger.with(last, last.pinned(), last.held(), false));
        return this;
    }

    Backups claimed() {
        var last = kept.removeLast();
        kept.add(
                new Candidate(
                        last.id(),
                        last.seq(),
                        last.uploadedAt(),
                        last.sizeBytes(),
                        Place.LIVE,
                        false,
                        false,
                        true,
                        null,
                        true));
        return this;
    }

    Collection<Candidate> kept() {
        return List.copyOf(kept);
    }

    Arrival arrival(int day, int hour, long mib) {
        var number = kept.size() + 1;
        return new Arrival(id(number), number, at(day, hour), mib * MIB);
    }

    Ruling upload(int day, int hour, long mib) {
        return upload(day, hour, mib, Optional.empty());
    }

    Ruling upload(int day, int hour, long mib, Optional<LocalDate> spent) {
        return RetentionPolicy.onArrival(
                kept(), arrival(day, hour, mib), RULES, spent, at(day, hour));
    }

    static List<UUID> retired(Ruling ruling) {
        return chosen(ruling, verdict -> verdict.action() == Action.RETIRE);
    }

    static List<UUID> erased(Ruling ruling) {
        return chosen(ruling, verdict -> verdict.action() == Action.ERASE);
    }

    static List<UUID> ids(int... numbers) {
        return Arrays.stream(numbers).mapToObj(Backups::id).toList();
    }

    private static List<UUID> chosen(Ruling ruling, Predicate<Verdict> which) {
        return ((Ruling.Accepted) ruling)
                .verdicts().stream().filter(which).map(Verdict::id).toList();
    }

    private Backups add(Instant at, long mib, Place place, Instant trashedAt, Trasher trasher) {
        var number = kept.size() + 1;
        kept.add(
                new Candidate(
                        id(number),
                        number,
                        at,
                        mib * MIB,
                        place,
                        false,
                        false,
                        true,
                        trashedAt,
                        false,
                        trashedAt == null ? null : trasher));
        return this;
    }
}
