package coffer.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Reads the entries about a thing: who, what and when. The personal detail stays where it is. Who
 * may see the thing is decided by the folder that the thing belongs to, before it asks here.
 */
@ApplicationScoped
public class AuditHistory {

    private final AuditLedger ledger;

    @Inject
    AuditHistory(AuditLedger ledger) {
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AuditHistory() {
        this(null);
    }

    /**
     * An entry without its detail.
     *
     * @param actor as {@code Caller.actor()} names them: ids only
     */
    public record Entry(
            UUID id,
            Instant at,
            String actor,
            String action,
            String subject,
            String outcome,
            @Nullable String requestId) {}

    /**
     * Entries about any of these, newest first.
     *
     * @param byPeople only what people did, by hand or with an API key
     */
    @Transactional
    public List<Entry> of(Collection<String> subjects, boolean byPeople, long offset, int most) {
        return ledger.about(String.join(",", subjects), byPeople, offset, most);
    }
}
