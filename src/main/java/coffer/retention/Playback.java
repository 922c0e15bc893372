package coffer.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Plays {@link RetentionPolicy} day by day over uploads as they come, the nightly audit included,
 * and remembers what went and why. For looks ahead and simulations; it is stateful, and as pure as
 * the policy towards all else.
 */
public final class Playback {

    private static final long NIGHT_BEFORE_END = 300;

    /** A backup that comes. */
    public record Upload(Instant at, long sizeBytes) {

        /** Refuses an empty one. */
        public Upload {
            if (sizeBytes < 1) {
                throw new IllegalArgumentException("an upload has a size");
            }
        }
    }

    /** What happened to a backup. */
    public record Event(Candidate backup, Verdict.Action action, Reason reason, Instant at) {}

    /**
     * How a UTC day went.
     *
     * @param refused uploads that would not be taken
     * @param kept at its end, oldest first, live and trashed
     * @param events in their order
     */
    public record Day(
            LocalDate day, int stored, int refused, List<Candidate> kept, List<Event> events) {

        /** Copies. */
        public Day {
            kept = List.copyOf(kept);
            events = List.copyOf(events);
        }
    }

    private final Map<UUID, Candidate> kept = new LinkedHashMap<>();
    private final RetentionRules rules;
    private List<Event> events = new ArrayList<>();
    private Optional<LocalDate> spent = Optional.empty();
    private long seq;

    /** From what is kept now. */
    public Playback(Collection<Candidate> now, RetentionRules rules) {
        now.forEach(one -> kept.put(one.id(), one.unclaimed()));
        this.seq = now.stream().mapToLong(Candidate::seq).max().orElse(0);
        this.rules = rules;
    }

    /** The next day: what comes on it, and its night. */
    public Day day(LocalDate day, List<Upload> uploads) {
        events = new ArrayList<>();
        spent = Optional.empty();
        var stored = 0;
        for (var upload : uploads) {
            stored += take(upload) ? 1 : 0;
        }
        var night =
                day.plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusSeconds(NIGHT_BEFORE_END);
        apply(RetentionPolicy.onDayEnd(sorted(), rules, spent, night), night);
        return new Day(day, stored, uploads.size() - stored, sorted(), events);
    }

    private boolean take(Upload upload) {
        var arrival = new Arrival(new UUID(~seq, seq), seq + 1, upload.at(), upload.sizeBytes());
        if (RetentionPolicy.onArrival(sorted(), arrival, rules, spent, upload.at())
                instanceof Ruling.Refused) {
            return false;
        }
        seq++;
        apply(RetentionPolicy.onSeal(sorted(), arrival, rules, spent, upload.at()), upload.at());
        kept.put(
                arrival.id(),
                new Candidate(
                        arrival.id(),
                        seq,
                        upload.at(),
                        upload.sizeBytes(),
                        Candidate.Place.LIVE,
                        false,
                        false,
                        true,
                        null,
                        false));
        return true;
    }

    private void apply(Ruling.Accepted ruling, Instant at) {
        for (var verdict : ruling.verdicts()) {
            var one = kept.remove(verdict.id());
            if (one == null) {
                continue;
            }
            events.add(new Event(one, verdict.action(), verdict.reason(), at));
            if (verdict.action() == Verdict.Action.RETIRE) {
                kept.put(one.id(), trashed(one, at));
            }
        }
        spent = spent.or(ruling::daySpent);
    }

    private static Candidate trashed(Candidate one, Instant at) {
        return new Candidate(
                one.id(),
                one.seq(),
                one.uploadedAt(),
                one.sizeBytes(),
                Candidate.Place.TRASHED,
                one.pinned(),
                one.held(),
                one.healthy(),
                at,
                false,
                Candidate.Trasher.RETENTION);
    }

    private List<Candidate> sorted() {
        return kept.values().stream().sorted(Comparator.comparingLong(Candidate::seq)).toList();
    }
}
