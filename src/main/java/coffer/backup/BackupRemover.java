package coffer.backup;

import static coffer.alert.Alerts.Severity.WARNING;

import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.Quotas;
import coffer.quota.UsageChange;
import coffer.retention.DeletionRuling;
import coffer.retention.RetentionPolicy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Removes by hand: an appliance's own DELETE, which goes to the trash and no further. */
@ApplicationScoped
public class BackupRemover {

    private static final int DELETIONS_WORTH_AN_ALERT = 3;

    private final BackupLedger ledger;
    private final Quotas quotas;
    private final Organizations organizations;
    private final RetentionDesk retention;
    private final AuditTrail audit;
    private final Alerts alerts;

    @Inject
    BackupRemover(
            BackupLedger ledger,
            Quotas quotas,
            Organizations organizations,
            RetentionDesk retention,
            AuditTrail audit,
            Alerts alerts) {
        this.ledger = ledger;
        this.quotas = quotas;
        this.organizations = organizations;
        this.retention = retention;
        this.audit = audit;
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupRemover() {
        this.ledger = null;
        this.quotas = null;
        this.organizations = null;
        this.retention = null;
        this.audit = null;
        this.alerts = null;
    }

    /**
     * Moves the appliance's own backup to the trash.
     *
     * @throws Problem invalid id, not found, protected, or the trash is full; nothing is changed
     */
    @Transactional(value = REQUIRED, rollbackOn = Problem.class)
    public BackupRow remove(Caller.Appliance appliance, String id, String clientAddress) {
        var parsed = BackupId.parse(id).orElseThrow(ProblemType.INVALID_BACKUP_ID::withoutDetail);
        var systemId = appliance.systemId();
        var row =
                ledger.find(systemId, parsed)
                        .orElseThrow(ProblemType.BACKUP_NOT_FOUND::withoutDetail);
        quotas.lock(systemId);
        var stock = ledger.stock(systemId);
        var kept = stock.kept();
        var now = stock.now();
        var rules = retention.rules(organizations.along(appliance.organizationPath()));
        var verdicts =
                switch (RetentionPolicy.onDeletion(kept, row.backupId(), rules, now)) {
                    case DeletionRuling.Accepted accepted -> accepted.verdicts();
                    case DeletionRuling.TrashFull() ->
                            throw ProblemType.TRASH_FULL.retryAfter(
                                    ChronoUnit.DAYS.getDuration().toSeconds());
                    case DeletionRuling.Protected() ->
                            throw ProblemType.BACKUP_PROTECTED.withoutDetail();
                    case DeletionRuling.Absent() ->
                            throw ProblemType.BACKUP_NOT_FOUND.withoutDetail();
                };
        // Its own move says that the appliance asked; what it pushes out goes by retention.
        if (ledger.trash(Set.of(row.backupId()), "appliance").isEmpty()) {
            throw ProblemType.BACKUP_NOT_FOUND.withoutDetail();
        }
        quotas.unclaim(row.backupId(), systemId);
        var others =
                verdicts.stream().filter(verdict -> !verdict.id().equals(row.backupId())).toList();
        quotas.book(
                systemId,
                retention.apply(
                        systemId,
                        kept,
                        others,
                        Set.of(),
                        UsageChange.NONE.retired(row.sizeBytes())));
        audit.record(
                appliance,
                "backup.trash",
                "backup:" + row.backupId(),
                "done",
                Map.of(
                        "system_id",
                        systemId,
                        "client_address",
                        clientAddress,
                        "pushed_out",
                        List.copyOf(
                                others.stream().map(verdict -> verdict.id().toString()).toList())));
        var today = now.truncatedTo(ChronoUnit.DAYS);
        if (ledger.deletionsSince(systemId, today) >= DELETIONS_WORTH_AN_ALERT) {
            alerts.open(
                    "backup.deletions",
                    "system:" + systemId,
                    WARNING,
                    Map.of("day", today.toString()));
        }
        return row;
    }
}
