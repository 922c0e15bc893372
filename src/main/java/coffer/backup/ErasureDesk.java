package coffer.backup;

import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.quota.Quotas;
import coffer.quota.UsageChange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Erasure by law: everything that a system has is doomed at once, whatever retention, pins and
 * leases say, and only the erasure that asked for it works it off. That no legal hold stands in the
 * way is for the caller to see to.
 */
@ApplicationScoped
public class ErasureDesk {

    /**
     * What a condemnation found.
     *
     * @param things backups and uploads that were not condemned yet
     * @param lease when the last of the uploads under way would have ended by itself
     */
    public record Condemnation(long things, Optional<Instant> lease) {}

    /** One object that must go, and the outbox row that says so. */
    public record Condemned(long outboxId, UUID backupId, String destination, String address) {}

    private final ErasureLedger ledger;
    private final UploadLedger uploads;
    private final OutboxLedger outbox;
    private final Quotas quotas;
    private final AuditTrail audit;

    @Inject
    ErasureDesk(
            ErasureLedger ledger,
            UploadLedger uploads,
            OutboxLedger outbox,
            Quotas quotas,
            AuditTrail audit) {
        this.ledger = ledger;
        this.uploads = uploads;
        this.outbox = outbox;
        this.quotas = quotas;
        this.audit = audit;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ErasureDesk() {
        this(null, null, null, null, null);
    }

    /**
     * Dooms all backups of a system and ends its uploads under way, whose seals will be refused; a
     * second call finds nothing.
     */
    @Transactional(REQUIRED)
    public Condemnation condemn(Caller caller, UUID systemId) {
        quotas.lock(systemId);
        var lease = ledger.lastLease(systemId);
        var pending = ledger.pending(systemId);
        for (var upload : pending) {
            uploads.abandon(upload, Duration.ZERO);
            quotas.giveBack(upload.backupId(), systemId);
        }
        var kept = ledger.kept(systemId);
        if (!kept.equals(UsageChange.NONE)) {
            ledger.doom(systemId);
            quotas.book(systemId, kept);
        }
        ledger.keepFromReaper(systemId);
        var things = pending.size() - kept.liveCount() - kept.trashCount();
        if (things > 0) {
            audit.record(
                    caller,
                    "backup.condemn",
                    "system:" + systemId,
                    "done",
                    Map.of(
                            "uploads",
                            pending.size(),
                            "live",
                            -kept.liveCount(),
                            "trashed",
                            -kept.trashCount()));
        }
        return new Condemnation(things, lease);
    }

    /** The store said that these are gone. Their backups' rows stay until all of a system go. */
    @Transactional(REQUIRED)
    public void erased(Collection<Condemned> gone) {
        if (!gone.isEmpty()) {
            outbox.drop(gone.stream().map(Condemned::outboxId).toList());
        }
    }
}
