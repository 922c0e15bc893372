package coffer.backup;

import static coffer.retention.Reason.TRASH_AT_HARD_LIMIT;

import coffer.audit.AuditTrail;
import coffer.platform.RoundTrip;
import coffer.platform.Sql;
import coffer.quota.Quotas;
import coffer.quota.UsageChange;
import coffer.retention.Arrival;
import coffer.retention.RetentionPolicy;
import coffer.retention.RetentionRules;
import coffer.retention.Ruling;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a seal writes: the backup with its copy, retention's moves, the usage, the audit entry. */
final class Booking {

    private final RoundTrip trip;
    private final UploadLedger ledger;
    private final Quotas quotas;
    private final RetentionDesk retention;
    private final AuditTrail audit;

    Booking(
            RoundTrip trip,
            UploadLedger ledger,
            Quotas quotas,
            RetentionDesk retention,
            AuditTrail audit) {
        this.trip = trip;
        this.ledger = ledger;
        this.quotas = quotas;
        this.retention = retention;
        this.audit = audit;
    }

    /**
     * Sends the whole seal in one round trip. The account is locked and the reservation is ours.
     */
    void book(
            NewBackup pending,
            Received received,
            @Nullable String versionId,
            UploadLedger.Place place,
            Stock stock,
            List<UUID> claims,
            RetentionRules rules) {
        var systemId = pending.systemId();
        // Its own claims are ruled anew, so that a flood pays at once; those of other uploads
        // stand.
        var kept =
                stock.kept().stream()
                        .map(one -> claims.contains(one.id()) ? one.unclaimed() : one)
                        .toList();
        var arrival =
                new Arrival(pending.id(), place.seq(), place.uploadedAt(), received.sizeBytes());
        var ruling = RetentionPolicy.onSeal(kept, arrival, rules, stock.spent(), place.now());
        var moves = new Moves(systemId, kept, ruling.verdicts(), claims);
        var arrived = UsageChange.NONE.arrived(received.sizeBytes());
        var expected = moves.expected(arrived);
        var sealed = ledger.sealing(pending, received, versionId, place);
        var writing = new ArrayList<Sql<?>>(List.of(sealed));
        writing.addAll(moves.statements());
        ruling.daySpent()
                .ifPresent(day ->
                        writing.add(
                                BackupLedger.spending(
                                        systemId,
                                        LocalDate.ofInstant(place.now(), ZoneOffset.UTC),
                                        day)));
        writing.add(
                audit.recording(
                        pending.appliance(),
                        "backup.store",
                        "backup:" + pending.id(),
                        "done",
                        detail(pending, received, place, ruling)));
        // Last: an organization's row is shared by all of its systems.
        writing.add(
                quotas.sealing(pending.id(), systemId, expected, place.seq(), place.uploadedAt()));
        trip.send(writing);
        if (sealed.result() != 1) {
            throw new IllegalStateException("a held reservation of a backup that is not pending");
        }
        var missing = moves.made(arrived).without(expected);
        if (!missing.equals(UsageChange.NONE)) {
            quotas.book(systemId, missing); // somebody moved a backup without locking its account
        }
        if (ruling.overfull().filter(TRASH_AT_HARD_LIMIT::equals).isPresent()) {
            retention.warnFull(systemId);
        }
    }

    private static Map<String, ?> detail(
            NewBackup pending,
            Received received,
            UploadLedger.Place place,
            Ruling.Accepted ruling) {
        return Map.of(
                "system_id",
                pending.systemId(),
                "seq",
                place.seq(),
                "size_bytes",
                received.sizeBytes(),
                "sha256",
                received.sha256(),
                "client_address",
                pending.clientAddress(),
                "retired",
                ruling.verdicts().stream().map(verdict -> verdict.id().toString()).toList());
    }
}
