package coffer.backup;

import static coffer.retention.Reason.TRASH_AT_HARD_LIMIT;

import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.Quotas;
import coffer.quota.Reservation;
import coffer.quota.UsageChange;
import coffer.retention.Arrival;
import coffer.retention.Candidate;
import coffer.retention.RetentionPolicy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The transactions of an upload: open, seal, abandon. Each begins by locking the system's account,
 * so that uploads of one system pass one by one and those of others do not wait.
 */
@ApplicationScoped
public class IntakeDesk {

    private final BackupLedger ledger;
    private final Quotas quotas;
    private final Organizations organizations;
    private final RetentionDesk retention;
    private final AuditTrail audit;
    private final IntakeContext context;

    @Inject
    IntakeDesk(
            BackupLedger ledger,
            Quotas quotas,
            Organizations organizations,
            RetentionDesk retention,
            AuditTrail audit,
            IntakeContext context) {
        this.ledger = ledger;
        this.quotas = quotas;
        this.organizations = organizations;
        this.retention = retention;
        this.audit = audit;
        this.context = context;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected IntakeDesk() {
        this.ledger = null;
        this.quotas = null;
        this.organizations = null;
        this.retention = null;
        this.audit = null;
        this.context = null;
    }

    /**
     * Transaction 1: PENDING row, reservation, lease.
     *
     * @throws Problem when there is no room or too many uploads are under way; nothing is changed
     */
    @Transactional(value = REQUIRED, rollbackOn = Problem.class)
    Pending open(NewBackup declared, Spool.Claim room) {
        var appliance = declared.appliance();
        var along = organizations.along(appliance.organizationPath());
        var rules = retention.rules(along);
        var account = quotas.lock(appliance.systemId());
        if (account.uploadsInFlight() >= context.settings().uploadsInFlight()) {
            throw ProblemType.UPLOAD_RATE.retryAfter(1);
        }
        var now = ledger.now();
        var kept = ledger.kept(appliance.systemId());
        var id = context.ids().next();
        var claims =
                retention.claims(
                        kept,
                        new Arrival(id, account.lastSeq() + 1, now, declared.sizeBytes()),
                        rules,
                        appliance.systemId(),
                        now);
        var backup = new Backup(id, declared, now);
        ledger.open(backup);
        var address = context.address(appliance.systemId(), id);
        var reserved =
                quotas.reserve(
                        new Reservation(
                                id,
                                appliance.systemId(),
                                context.destination(),
                                address,
                                declared.sizeBytes(),
                                claims.stream().map(Candidate::id).toList(),
                                claims.stream().mapToLong(Candidate::sizeBytes).sum(),
                                context.node(),
                                context.settings().lease()),
                        along,
                        appliance.organizationId());
        if (!reserved) {
            throw ProblemType.ORGANIZATION_QUOTA.withoutDetail();
        }
        return new Pending(
                id,
                appliance,
                context.destination(),
                address,
                backup.filename(),
                BackupId.extensionOf(backup.filename()),
                FileNames.mediaType(declared.contentType()),
                declared,
                now,
                retention.demandsCiphertext(along),
                room);
    }

    /**
     * Refuses what could never fit, before a rate token is spent on it.
     *
     * @throws Problem when the declared size alone is above the system's cap
     */
    @Transactional(value = REQUIRED, dontRollbackOn = Problem.class)
    void mustFit(NewBackup declared) {
        var rules = retention.rules(organizations.along(declared.appliance().organizationPath()));
        if (declared.sizeBytes() > rules.maxBytes()) {
            throw ProblemType.SYSTEM_QUOTA.with(Map.of("max_bytes", rules.maxBytes()));
        }
    }

    /** Transaction 2, the seal: see {@code docs/life-of/an-upload.md}. */
    @Transactional(REQUIRED)
    Sealing seal(Pending pending, Received received, @Nullable String versionId) {
        var systemId = pending.appliance().systemId();
        var account = quotas.lock(systemId);
        var claims = quotas.holds(pending.backupId(), context.node());
        if (claims.isEmpty()) {
            // What we just stored must go. If the sweep was first, its erasing may be over already.
            if (!giveUp(pending, "lease lost")) {
                ledger.eraseNow(pending.backupId(), pending.destination(), pending.address());
            }
            return new Sealing.LeaseLost();
        }
        var same = ledger.resent(systemId, received, context.retention().resendWindow());
        if (same.isPresent()) {
            giveUp(pending, "sent again");
            return new Sealing.Same(same.get());
        }
        var now = ledger.now();
        var seq = account.lastSeq() + 1;
        var uploadedAt = laterOf(now, account.lastUploadAt());
        // Its own claims are ruled anew, so that a flood pays at once; those of other uploads
        // stand.
        var own = claims.get();
        var kept =
                ledger.kept(systemId).stream()
                        .map(one -> own.contains(one.id()) ? one.unclaimed() : one)
                        .toList();
        var rules = retention.rules(organizations.along(pending.appliance().organizationPath()));
        var spent = retention.spent(systemId, now);
        var ruling =
                RetentionPolicy.onSeal(
                        kept,
                        new Arrival(pending.backupId(), seq, uploadedAt, received.sizeBytes()),
                        rules,
                        spent,
                        now);
        if (!ledger.seal(pending.backupId(), received, seq, uploadedAt)) {
            throw new IllegalStateException("a held reservation of a backup that is not pending");
        }
        ledger.add(new BackupCopy(context.ids().next(), pending, received, versionId, now));
        var change =
                retention.apply(
                        systemId,
                        kept,
                        ruling.verdicts(),
                        own,
                        UsageChange.NONE.arrived(received.sizeBytes()));
        if (ruling.overfull().filter(TRASH_AT_HARD_LIMIT::equals).isPresent()) {
            retention.warnFull(systemId);
        }
        ruling.daySpent().ifPresent(day -> retention.spend(systemId, now, day));
        quotas.advance(systemId, seq, uploadedAt);
        quotas.settle(pending.backupId(), systemId, change);
        audit.record(
                pending.appliance(),
                "backup.store",
                "backup:" + pending.backupId(),
                "done",
                Map.of(
                        "system_id",
                        systemId,
                        "seq",
                        seq,
                        "size_bytes",
                        received.sizeBytes(),
                        "sha256",
                        received.sha256(),
                        "client_address",
                        pending.declared().clientAddress(),
                        "retired",
                        ruling.verdicts().stream()
                                .map(verdict -> verdict.id().toString())
                                .toList()));
        return new Sealing.Sealed(
                new BackupRow(
                        pending.backupId(),
                        pending.extension(),
                        pending.filename(),
                        received.sizeBytes(),
                        received.sha256(),
                        pending.mediaType(),
                        uploadedAt));
    }

    /** Tells people that a system's trash is so full that an upload was refused. */
    @Transactional(REQUIRED)
    void warnFull(UUID systemId) {
        retention.warnFull(systemId);
    }

    /** Transaction 2 when there is nothing to seal: the room is given back, the address erased. */
    @Transactional(REQUIRED)
    void abandon(Pending pending, String why) {
        quotas.lock(pending.appliance().systemId());
        giveUp(pending, why);
    }

    private boolean giveUp(Pending pending, String why) {
        return end(
                pending.appliance(),
                pending.appliance().systemId(),
                pending.backupId(),
                pending.destination(),
                pending.address(),
                why);
    }

    /** For the sweep: the same, for an upload whose node died; false if somebody else ended it. */
    @Transactional(REQUIRED)
    boolean sweep(SweepLedger.Abandoned expired, Duration grace) {
        quotas.lock(expired.systemId());
        return ledger.stillExpired(expired.backupId(), grace)
                && end(
                        new Caller.Machine("pending-sweep"),
                        expired.systemId(),
                        expired.backupId(),
                        expired.destination(),
                        expired.address(),
                        "lease ended");
    }

    private boolean end(
            Caller actor,
            UUID systemId,
            UUID backupId,
            String destination,
            String address,
            String why) {
        if (!ledger.abandon(backupId, destination, address, context.settings().lateAfter())) {
            return false;
        }
        quotas.settle(backupId, systemId, UsageChange.NONE);
        audit.record(
                actor,
                "backup.abandon",
                "backup:" + backupId,
                "done",
                Map.of("system_id", systemId, "reason", why));
        return true;
    }

    private static Instant laterOf(Instant now, @Nullable Instant previous) {
        return previous == null || now.isAfter(previous) ? now : previous.plusNanos(1_000);
    }

    /** How the seal went. */
    sealed interface Sealing {
        record Sealed(BackupRow backup) implements Sealing {}

        record Same(BackupRow backup) implements Sealing {}

        record LeaseLost() implements Sealing {}
    }
}
