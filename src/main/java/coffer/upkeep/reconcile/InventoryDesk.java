package coffer.upkeep.reconcile;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.job.Ticket;
import coffer.storage.EraseOutcome;
import coffer.storage.VersionInventory.Version;
import coffer.upkeep.UpkeepSettings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reconciliation's short transactions, on either side of its calls to a store. */
@ApplicationScoped
public class InventoryDesk {

    /** One in so many objects may be an orphan before anybody is asked. */
    private static final int ONE_IN = 1_000;

    private static final Caller RECONCILE = new Caller.Machine("catalogue-reconcile");

    private final InventoryLedger ledger;
    private final OrphanLedger orphans;
    private final UpkeepSettings settings;
    private final AuditTrail trail;
    private final Alerts alerts;
    private final Event<Closed> closed;

    @Inject
    InventoryDesk(
            InventoryLedger ledger,
            OrphanLedger orphans,
            UpkeepSettings settings,
            AuditTrail trail,
            Alerts alerts,
            Event<Closed> closed) {
        this.ledger = ledger;
        this.orphans = orphans;
        this.settings = settings;
        this.trail = trail;
        this.alerts = alerts;
        this.closed = closed;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected InventoryDesk() {
        this(null, null, null, null, null, null);
    }

    @Transactional
    Inventory open(Ticket ticket, String destination) {
        ticket.hold();
        var _ = orphans.sign(Optional.empty()); // so that a gap before this run is known to it
        var inventory = ledger.open(ticket.run(), destination);
        ticket.total(inventory.copies());
        return inventory;
    }

    @Transactional
    List<Row> known(String destination, String after, Optional<String> upTo, int most) {
        return ledger.known(destination, after, upTo, most);
    }

    /**
     * Books a stretch.
     *
     * @param missing rows whose object the store denied when asked for it by name
     */
    @Transactional
    void book(
            Ticket ticket,
            String destination,
            String after,
            Stretch stretch,
            Collection<Row> missing) {
        ticket.hold();
        if (!ledger.advance(ticket.run(), destination, after, stretch, missing.size())) {
            throw new IllegalStateException("the inventory has gone on without this node");
        }
        stretch.orphans().forEach(orphan -> orphans.quarantine(ticket.run(), destination, orphan));
        stretch.missized().forEach(row -> ledger.readFirst(destination, row));
        missing.stream()
                .filter(row -> ledger.missing(destination, row))
                .forEach(row -> {
                    var detail = Map.of("destination", destination);
                    var subject = "backup:" + row.backupId();
                    trail.record(RECONCILE, "copy.missing", subject, "done", detail);
                    alerts.open(AlertKind.BACKUP_MISSING, subject, detail);
                });
        ticket.done(stretch.objects(), stretch.upTo().orElse("end of " + destination));
    }

    /**
     * Once every key has been seen: what may be removed.
     *
     * @return false when there is so much of it that somebody must look first
     */
    @Transactional
    boolean judge(Ticket ticket, String destination, Removal which) {
        ticket.hold();
        orphans.forgetUnseen(ticket.run(), destination);
        var found = orphans.found(destination);
        var all = which == Removal.UNKNOWN;
        var subject = "destination:" + destination;
        if (found.foreign() > 0 && !all) {
            alerts.open(
                    AlertKind.RECONCILE_UNKNOWN_OBJECTS, subject, Map.of("count", found.foreign()));
        } else {
            alerts.resolve(AlertKind.RECONCILE_UNKNOWN_OBJECTS, subject);
        }
        var copies = ledger.open(ticket.run(), destination).copies();
        var limit = Math.max(settings.orphanLimit(), copies / ONE_IN);
        var would = which == Removal.KNOWN ? found.known() : found.orphans();
        if (would > limit && !all) {
            alerts.open(
                    AlertKind.RECONCILE_TOO_MANY_ORPHANS,
                    subject,
                    Map.of("count", would, "limit", limit));
            return false;
        }
        alerts.resolve(AlertKind.RECONCILE_TOO_MANY_ORPHANS, subject);
        return true;
    }

    /** What goes next; the run is still this node's, or nothing does. */
    @Transactional
    List<Version> removable(Ticket ticket, String destination, Removal which, int most) {
        ticket.hold();
        return orphans.removable(destination, which, settings.orphanDelay().toSeconds(), most);
    }

    /** Books what the store said; a kill before this asks it again, and it agrees. */
    @Transactional
    void removed(Ticket ticket, String destination, Map<Version, EraseOutcome> outcomes) {
        ticket.hold();
        var gone =
                outcomes.entrySet().stream()
                        .filter(one -> gone(one.getValue()))
                        .map(Map.Entry::getKey)
                        .toList();
        if (!gone.isEmpty()) {
            orphans.removed(destination, gone);
            trail.record(
                    RECONCILE,
                    "orphans.removed",
                    "destination:" + destination,
                    "done",
                    Map.of(
                            "run_id",
                            ticket.run().toString(),
                            "addresses",
                            gone.stream().map(InventoryDesk::text).toList()));
        }
        var failed = outcomes.keySet().stream().filter(one -> !gone.contains(one)).toList();
        if (!failed.isEmpty()) {
            orphans.notRemoved(destination, failed);
        }
        ledger.removed(ticket.run(), destination, gone.size());
        ticket.done(0, "orphans of " + destination);
    }

    private static boolean gone(EraseOutcome outcome) {
        return switch (outcome) {
            case EraseOutcome.Erased erased -> true;
            case EraseOutcome.Absent absent -> true;
            case EraseOutcome.Failed failed -> false;
            case EraseOutcome.Locked locked -> false;
        };
    }

    private static String text(Version version) {
        return version.versionId().isEmpty()
                ? version.key()
                : version.key() + "?versionId=" + version.versionId();
    }

    @Transactional
    void close(Ticket ticket, String destination, int uploads) {
        ticket.hold();
        ledger.close(ticket.run(), destination, uploads, orphans.found(destination));
        closed.fire(new Closed(destination));
    }

    /** The catalogue lives; see {@link OrphanLedger#sign}. */
    @Transactional
    public Instant sign(Optional<Instant> heard) {
        return orphans.sign(heard);
    }

    /** Drift by destination and kind, of the latest inventories. */
    @Transactional
    public List<Drift> drift() {
        return ledger.latest().stream().map(Drift::of).toList();
    }

    /** An inventory has ended. */
    record Closed(String destination) {}

    /** What the latest inventory of a destination has found. */
    public record Drift(
            String destination,
            long orphans,
            long unknown,
            long missing,
            long missized,
            long strays) {

        static Drift of(Object[] row) {
            return new Drift(
                    (String) row[0],
                    ((Number) row[1]).longValue(),
                    ((Number) row[2]).longValue(),
                    ((Number) row[3]).longValue(),
                    ((Number) row[4]).longValue(),
                    ((Number) row[5]).longValue());
        }
    }
}
