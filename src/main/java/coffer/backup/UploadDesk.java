package coffer.backup;

import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.RoundTrip;
import coffer.quota.Quotas;
import coffer.quota.Reservation;
import coffer.retention.Arrival;
import coffer.retention.Candidate;
import coffer.retention.RetentionRules;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The transactions of an upload: open, seal, abandon. Each begins by locking the system's account,
 * so that uploads of one system pass one by one and those of others do not wait. Whoever brings
 * bytes in (intake, and what pulls them later) calls these and nothing else of this folder.
 */
@ApplicationScoped
public class UploadDesk {

    private static final byte[] NO_DIGEST = new byte[0];

    private final RoundTrip trip;
    private final UploadLedger ledger;
    private final Quotas quotas;
    private final Organizations organizations;
    private final RetentionDesk retention;
    private final AuditTrail audit;
    private final Booking booking;

    @Inject
    UploadDesk(
            RoundTrip trip,
            UploadLedger ledger,
            Quotas quotas,
            Organizations organizations,
            RetentionDesk retention,
            AuditTrail audit) {
        this.trip = trip;
        this.ledger = ledger;
        this.quotas = quotas;
        this.organizations = organizations;
        this.retention = retention;
        this.audit = audit;
        this.booking = new Booking(trip, ledger, quotas, retention, audit);
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UploadDesk() {
        this.trip = null;
        this.ledger = null;
        this.quotas = null;
        this.organizations = null;
        this.retention = null;
        this.audit = null;
        this.booking = null;
    }

    /**
     * Transaction 1: PENDING row, reservation, lease.
     *
     * @throws Problem when there is no room or too many uploads are under way; nothing is changed
     */
    @Transactional(value = REQUIRED, rollbackOn = Problem.class)
    public Opened open(NewBackup backup) {
        var systemId = backup.systemId();
        var lock = quotas.locking(systemId);
        // Behind the lock: the system may have moved, or a quota been set, since it was let in.
        var above = organizations.above(systemId);
        var counted = BackupLedger.counting(systemId, NO_DIGEST);
        trip.send(lock, above, counted);
        var account = lock.result();
        var stock = counted.result();
        var along = above.result();
        var terms = backup.terms();
        var rules = retention.rules(along);
        mustFit(backup.sizeBytes(), rules);
        if (stock.uploadsInFlight() >= terms.inFlight()) {
            throw ProblemType.UPLOAD_RATE.retryAfter(1);
        }
        var now = stock.now();
        var arrival = new Arrival(backup.id(), account.lastSeq() + 1, now, backup.sizeBytes());
        var claims = retention.claims(stock, arrival, rules);
        var reserved =
                quotas.reserving(
                        new Reservation(
                                backup.id(),
                                systemId,
                                backup.destination(),
                                backup.address(),
                                backup.sizeBytes(),
                                claims.stream().map(Candidate::id).toList(),
                                claims.stream().mapToLong(Candidate::sizeBytes).sum(),
                                terms.node(),
                                terms.lease()),
                        along,
                        account.organizationId());
        trip.send(UploadLedger.opening(backup, now), reserved);
        if (!reserved.result()) {
            throw ProblemType.ORGANIZATION_QUOTA.withoutDetail();
        }
        return new Opened(now, retention.demandsCiphertext(along));
    }

    /**
     * What the catalogue said at the admission.
     *
     * @param demandCiphertext whether the organization refuses what is visibly not encrypted
     */
    public record Opened(Instant at, boolean demandCiphertext) {}

    /**
     * Refuses what could never fit, where another refusal would come first otherwise: that one is
     * told in its place.
     *
     * @throws Problem when the declared size alone is above the system's cap
     */
    @Transactional(value = REQUIRED, dontRollbackOn = Problem.class)
    public void mustFit(Caller.Appliance appliance, long sizeBytes) {
        mustFit(sizeBytes, retention.rules(organizations.along(appliance.organizationPath())));
    }

    private static void mustFit(long sizeBytes, RetentionRules rules) {
        if (sizeBytes > rules.maxBytes()) {
            throw ProblemType.SYSTEM_QUOTA.with(Map.of("max_bytes", rules.maxBytes()));
        }
    }

    /** Transaction 2, the seal: see {@code docs/life-of/an-upload.md}. */
    @Transactional(REQUIRED)
    public Sealing seal(NewBackup pending, Received received, @Nullable String versionId) {
        var systemId = pending.systemId();
        var lock = quotas.locking(systemId);
        var held = quotas.holding(pending.id(), pending.terms().node());
        var above = organizations.above(systemId);
        var counted = BackupLedger.counting(systemId, received.digest());
        trip.send(lock, held, above, counted);
        if (held.result().isEmpty()) {
            // What we just stored must go. If the sweep was first, its erasing may be over already.
            if (!giveUp(pending, "lease lost")) {
                ledger.eraseNow(Abandoned.of(pending));
            }
            return new Sealing.LeaseLost();
        }
        var stock = counted.result();
        var same =
                stock.repeated()
                        .flatMap(id -> ledger.resent(id, received, retention.resendWindow()));
        if (same.isPresent()) {
            giveUp(pending, "sent again");
            return new Sealing.Same(same.get());
        }
        var account = lock.result();
        var uploadedAt = laterOf(stock.now(), account.lastUploadAt());
        var place = new UploadLedger.Place(account.lastSeq() + 1, uploadedAt, stock.now());
        var rules = retention.rules(above.result());
        booking.book(pending, received, versionId, place, stock, held.result().get(), rules);
        return new Sealing.Sealed(
                new BackupRow(
                        pending.id(),
                        pending.extension(),
                        pending.filename(),
                        received.sizeBytes(),
                        received.sha256(),
                        pending.mediaType(),
                        uploadedAt));
    }

    /** Tells people that a system's trash is so full that an upload was refused. */
    @Transactional(REQUIRED)
    public void warnFull(UUID systemId) {
        retention.warnFull(systemId);
    }

    /** Transaction 2 when there is nothing to seal: the room is given back, the address erased. */
    @Transactional(REQUIRED)
    public void abandon(NewBackup pending, String why) {
        quotas.lock(pending.systemId());
        giveUp(pending, why);
    }

    private boolean giveUp(NewBackup pending, String why) {
        return end(pending.appliance(), Abandoned.of(pending), pending.terms().lateAfter(), why);
    }

    /** For the sweep: uploads whose lease ended longer than {@code grace} ago, by id. */
    @Transactional(REQUIRED)
    public List<Abandoned> expired(@Nullable UUID after, Duration grace, int most) {
        return ledger.expired(after, grace, most);
    }

    /** For the sweep: ends an upload whose node died; false if somebody else ended it. */
    @Transactional(REQUIRED)
    public boolean sweep(Abandoned expired, Duration grace, Duration lateAfter) {
        quotas.lock(expired.systemId());
        return ledger.stillExpired(expired.backupId(), grace)
                && end(new Caller.Machine("pending-sweep"), expired, lateAfter, "lease ended");
    }

    private boolean end(Caller actor, Abandoned upload, Duration lateAfter, String why) {
        if (!ledger.abandon(upload, lateAfter)) {
            return false;
        }
        quotas.giveBack(upload.backupId(), upload.systemId());
        audit.record(
                actor,
                "backup.abandon",
                "backup:" + upload.backupId(),
                "done",
                Map.of("system_id", upload.systemId(), "reason", why));
        return true;
    }

    private static Instant laterOf(Instant now, @Nullable Instant previous) {
        return previous == null || now.isAfter(previous) ? now : previous.plusNanos(1_000);
    }

    /** How the seal went. */
    public sealed interface Sealing {

        /** It is stored and listed. */
        record Sealed(BackupRow backup) implements Sealing {}

        /** The newest backup has the same bytes already; this one was given up. */
        record Same(BackupRow backup) implements Sealing {}

        /** The upload was no longer ours; what it stored is erased. */
        record LeaseLost() implements Sealing {}
    }
}
