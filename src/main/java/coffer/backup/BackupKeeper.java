package coffer.backup;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.Quotas;
import coffer.quota.SystemAccount;
import coffer.quota.UsageChange;
import coffer.retention.Candidate;
import coffer.retention.PinRuling;
import coffer.retention.RetentionPolicy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps backups by hand: pins, and brings back from the trash. The caller has locked the system's
 * account and decided that this person may.
 */
@ApplicationScoped
public class BackupKeeper {

    /** What comes back is safe from retention for this long, whatever pins and caps say. */
    public static final Duration UNTRASHED = Duration.ofDays(7);

    private final BackupLedger ledger;
    private final Quotas quotas;
    private final Organizations organizations;
    private final RetentionDesk retention;
    private final AuditTrail audit;

    @Inject
    BackupKeeper(
            BackupLedger ledger,
            Quotas quotas,
            Organizations organizations,
            RetentionDesk retention,
            AuditTrail audit) {
        this.ledger = ledger;
        this.quotas = quotas;
        this.organizations = organizations;
        this.retention = retention;
        this.audit = audit;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupKeeper() {
        this(null, null, null, null, null);
    }

    /**
     * Brings a backup back; it is pinned for a week.
     *
     * @throws Problem {@code backup not found} for one that is not in the trash
     */
    @Transactional(MANDATORY)
    public void untrash(Caller.Person caller, SystemAccount account, UUID backupId) {
        var found = candidate(account, backupId);
        if (!ledger.untrash(account.systemId(), backupId, UNTRASHED)) {
            throw ProblemType.BACKUP_NOT_FOUND.withoutDetail();
        }
        quotas.book(account.systemId(), UsageChange.NONE.restored(found.sizeBytes()));
        record(caller, account, backupId, "backup.untrashed");
    }

    /**
     * Keeps a live backup until it is unpinned.
     *
     * @throws Problem when too many are pinned, or too large ones
     */
    @Transactional(MANDATORY)
    public void pin(Caller.Person caller, SystemAccount account, UUID backupId) {
        if (candidate(account, backupId).place() == Candidate.Place.TRASHED) {
            throw ProblemType.BACKUP_NOT_FOUND.withoutDetail();
        }
        var rules = retention.rules(organizations.along(account.organizationPath()));
        switch (RetentionPolicy.mayPin(ledger.stock(account.systemId()).kept(), backupId, rules)) {
            case PinRuling.Allowed() -> {
                ledger.pin(backupId, true);
                record(caller, account, backupId, "backup.pinned");
            }
            case PinRuling.TooMany(var most) ->
                    throw ProblemType.PIN_LIMIT.with(Map.of("max_pins", most));
            case PinRuling.TooLarge(var most) ->
                    throw ProblemType.PIN_LIMIT.with(Map.of("max_pinned_bytes", most));
            case PinRuling.Absent() -> throw ProblemType.BACKUP_REPLACED.withoutDetail();
        }
    }

    /** Leaves it to retention again. */
    @Transactional(MANDATORY)
    public void unpin(Caller.Person caller, SystemAccount account, UUID backupId) {
        if (candidate(account, backupId).pinned()) {
            ledger.pin(backupId, false);
            record(caller, account, backupId, "backup.unpinned");
        }
    }

    private Candidate candidate(SystemAccount account, UUID backupId) {
        return ledger.stock(account.systemId()).kept().stream()
                .filter(kept -> kept.id().equals(backupId))
                .findFirst()
                .orElseThrow(ProblemType.BACKUP_NOT_FOUND::withoutDetail);
    }

    private void record(Caller caller, SystemAccount account, UUID backupId, String action) {
        audit.record(
                caller,
                action,
                "backup:" + backupId,
                "done",
                Map.of("system_id", account.systemId()));
    }
}
