package coffer.backup;

import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.Quotas;
import coffer.quota.UsageChange;
import coffer.retention.Candidate.Trasher;
import coffer.retention.DeletionRuling;
import coffer.retention.RetentionPolicy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Removes by hand, an appliance's or a person's: to the trash and no further. */
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
        var systemId = appliance.systemId();
        var row =
                remove(
                        appliance,
                        systemId,
                        id,
                        Trasher.APPLIANCE,
                        Map.of("client_address", clientAddress));
        var today = ledger.stock(systemId).now().truncatedTo(ChronoUnit.DAYS);
        if (ledger.deletionsSince(systemId, today) >= DELETIONS_WORTH_AN_ALERT) {
            alerts.open(
                    AlertKind.BACKUP_DELETIONS,
                    "system:" + systemId,
                    Map.of("day", today.toString()));
        }
        return row;
    }

    /**
     * The same by a person, who may act on this system: the caller has decided that.
     *
     * @throws Problem as above
     */
    @Transactional(value = REQUIRED, rollbackOn = Problem.class)
    public BackupRow remove(Caller.Person person, UUID systemId, String id) {
        return remove(person, systemId, id, Trasher.PERSON, Map.of());
    }

    private BackupRow remove(
            Caller caller, UUID systemId, String id, Trasher by, Map<String, ?> further) {
        var parsed = BackupId.parse(id).orElseThrow(ProblemType.INVALID_BACKUP_ID::withoutDetail);
        var account = quotas.lock(systemId);
        var row =
                ledger.find(systemId, parsed)
                        .orElseThrow(ProblemType.BACKUP_NOT_FOUND::withoutDetail);
        var stock = ledger.stock(systemId);
        var kept = stock.kept();
        var now = stock.now();
        var rules = retention.rules(organizations.along(account.organizationPath()));
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
        // Its own move says who asked; what it pushes out goes by retention.
        if (ledger.trash(Set.of(row.backupId()), by.name().toLowerCase(Locale.ROOT)).isEmpty()) {
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
        var detail = new LinkedHashMap<String, Object>(further);
        detail.put("system_id", systemId);
        detail.put("pushed_out", others.stream().map(verdict -> verdict.id().toString()).toList());
        audit.record(caller, "backup.trash", "backup:" + row.backupId(), "done", detail);
        return row;
    }
}
