package coffer.upkeep.scrub;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.job.Ticket;
import coffer.upkeep.UpkeepSettings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The scrub's short transactions, on either side of its readings. */
@ApplicationScoped
public class ScrubDesk {

    private static final Caller SCRUB = new Caller.Machine("integrity-scrub");

    private final ScrubLedger ledger;
    private final UpkeepSettings settings;
    private final AuditTrail trail;
    private final Alerts alerts;

    @Inject
    ScrubDesk(ScrubLedger ledger, UpkeepSettings settings, AuditTrail trail, Alerts alerts) {
        this.ledger = ledger;
        this.settings = settings;
        this.trail = trail;
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ScrubDesk() {
        this(null, null, null, null);
    }

    /**
     * What the rest of the present UTC day may cost.
     *
     * @param bytes at most
     * @param exactly whether a copy that would pass it stays for tomorrow
     * @param untouched nothing has been read today: the first copy may be larger than the whole
     */
    record Budget(long bytes, boolean exactly, boolean untouched) {}

    /** Of the day's bytes those that are left; {@code wanted} is an operator's, 0 for none. */
    @Transactional
    Budget budget(Ticket ticket, String destination, long wanted) {
        var kept = ledger.kept(destination);
        var share = Math.ceilDiv(kept.bytes(), settings.scrubDays());
        var limit = wanted > 0 ? wanted : settings.scrubBudget();
        var subject = "destination:" + destination;
        if (limit > 0 && limit < share) {
            alerts.open(
                    AlertKind.SCRUB_BEHIND,
                    subject,
                    Map.of("budget_bytes", limit, "needed_bytes", share));
        } else {
            alerts.resolve(AlertKind.SCRUB_BEHIND, subject);
        }
        ticket.total(Math.ceilDiv(kept.copies(), settings.scrubDays()));
        var read = ledger.readToday(destination);
        return new Budget((limit > 0 ? limit : share) - read, limit > 0, read == 0);
    }

    @Transactional
    List<StoredCopy> next(Ticket ticket, String destination, int most) {
        return ledger.next(destination, ticket.at(), most);
    }

    /** Books what was found, all of it or nothing; a kill before this reads them again. */
    @Transactional
    void book(Ticket ticket, String destination, Map<StoredCopy, Finding> found) {
        ticket.hold();
        var verified = new ArrayList<String>();
        var bytes = 0L;
        for (var entry : found.entrySet()) {
            var copy = entry.getKey();
            var finding = entry.getValue();
            bytes += copy.sizeBytes();
            if (!finding.known()) {
                ledger.pass(copy);
            } else if (ledger.book(copy, finding) && !copy.health().equals(finding.health())) {
                tell(destination, copy, finding, verified);
            }
        }
        if (!verified.isEmpty()) {
            trail.record(
                    SCRUB,
                    "copies.verified",
                    "job-run:" + ticket.run(),
                    "done",
                    Map.of("destination", destination, "backups", verified));
        }
        ledger.read(destination, found.size(), bytes);
        ticket.done(found.size(), destination);
    }

    private void tell(String destination, StoredCopy copy, Finding finding, List<String> verified) {
        var subject = "backup:" + copy.backupId();
        if (finding == Finding.VERIFIED) {
            verified.add(copy.backupId().toString());
            alerts.resolve(AlertKind.BACKUP_CORRUPT, subject);
            alerts.resolve(AlertKind.BACKUP_MISSING, subject);
            return;
        }
        var detail =
                Map.of(
                        "destination", destination,
                        "system_id", copy.systemId().toString(),
                        "size_bytes", copy.sizeBytes());
        trail.record(SCRUB, "copy." + finding.health(), subject, "done", detail);
        alerts.open(
                finding == Finding.CORRUPT ? AlertKind.BACKUP_CORRUPT : AlertKind.BACKUP_MISSING,
                subject,
                detail);
    }
}
