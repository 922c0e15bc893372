package coffer.erasure;

import coffer.id.Caller;
import coffer.platform.Log;
import coffer.storage.Destinations;
import coffer.storage.ErasureLog;
import coffer.storage.ReadOutcome;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * After a restore of the database: whatever the erasure log names and the database has again is
 * erased again, under the id it had. What the database does not have, or is erasing already, is
 * left alone, so that it can be called any number of times.
 */
@ApplicationScoped
public class Replay {

    private static final Caller REPLAY = new Caller.Machine("erasure-replay");

    private final PurgeLedger ledger;
    private final PurgeNotes notes;
    private final Destinations destinations;
    private final ErasureLog log;

    @Inject
    Replay(PurgeLedger ledger, PurgeNotes notes, Destinations destinations, ErasureLog log) {
        this.ledger = ledger;
        this.notes = notes;
        this.destinations = destinations;
        this.log = log;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Replay() {
        this(null, null, null, null);
    }

    /** What the log of one destination names; a store that cannot be read is an exception. */
    public List<UUID> entries(String destination) {
        return found(destination, log.ids(destination));
    }

    /** The names of all destinations. */
    public Set<String> destinations() {
        return destinations.names();
    }

    /** One entry's text. */
    public String entry(String destination, UUID id) {
        return new String(found(destination, log.read(destination, id)), StandardCharsets.UTF_8);
    }

    /** True when it is not known here. */
    @Transactional
    public boolean unknown(UUID id) {
        return ledger.find(id).isEmpty();
    }

    /**
     * Takes an erasure up again; false when there is nothing of it to erase.
     *
     * @throws IllegalStateException if the text is no entry of the log
     */
    @Transactional(rollbackOn = RuntimeException.class)
    public boolean again(UUID id, String text) {
        var entry = LogEntry.read(id, text);
        if (ledger.lock(entry.kind(), entry.subject()).isEmpty()
                || ledger.of(entry.kind(), entry.subject()).isPresent()) {
            return false;
        }
        ledger.addAgain(
                id,
                entry.kind(),
                entry.subject(),
                entry.path(),
                entry.requestedBy(),
                entry.requestedAt());
        ledger.gather(id);
        notes.requested(REPLAY, ledger.find(id).orElseThrow());
        Log.warn("purge.replayed", "purge_id", id);
        return true;
    }

    private static <T> T found(String destination, ReadOutcome<T> outcome) {
        return switch (outcome) {
            case ReadOutcome.Found<T>(var value) -> value;
            case ReadOutcome.Absent<T>() -> throw unreadable(destination, "absent");
            case ReadOutcome.Unavailable<T> away -> throw unreadable(destination, away.cause());
            case ReadOutcome.Refused<T> refused -> throw unreadable(destination, refused.cause());
        };
    }

    private static IllegalStateException unreadable(String destination, String cause) {
        return new IllegalStateException(
                "the erasure log of " + destination + " cannot be read: " + cause);
    }
}
