package coffer.upkeep.reconcile;

import coffer.alert.Alerts;
import coffer.alert.Alerts.Severity;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.storage.Address;
import coffer.upkeep.Ticket;
import coffer.upkeep.UpkeepSettings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

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
    private final UpkeepSettings settings;
    private final AuditTrail trail;
    private final Alerts alerts;

    @Inject
    InventoryDesk(
            InventoryLedger ledger, UpkeepSettings settings, AuditTrail trail, Alerts alerts) {
        this.ledger = ledger;
        this.settings = settings;
        this.trail = trail;
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected InventoryDesk() {
        this(null, null, null, null);
    }

    @Transactional
    Inventory open(Ticket ticket, String destination) {
        ticket.hold();
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
        for (var object : stretch.unowned()) {
            var backup = Address.parse(object.key()).backupId();
            ledger.quarantine(ticket.run(), destination, object, backup);
        }
        stretch.missized().forEach(row -> ledger.readFirst(destination, row));
        missing.stream()
                .filter(row -> ledger.missing(destination, row))
                .forEach(row -> {
                    var detail = Map.of("destination", destination);
                    var subject = "backup:" + row.backupId();
                    trail.record(RECONCILE, "copy.missing", subject, "done", detail);
                    alerts.open("backup.missing", subject, Severity.CRITICAL, detail);
                });
        ticket.done(stretch.objects(), stretch.upTo().orElse("end of " + destination));
    }

    /**
     * Once every key has been seen: what may be removed.
     *
     * @return false when there is so much of it that somebody must look first
     */
    @Transactional
    boolean judge(Ticket ticket, String destination, boolean unknownToo) {
        ticket.hold();
        ledger.forgetUnseen(ticket.run(), destination);
        var inventory = ledger.open(ticket.run(), destination);
        var subject = "destination:" + destination;
        var limit = Math.max(settings.orphanLimit(), inventory.copies() / ONE_IN);
        var orphans = inventory.knownOrphans();
        if (inventory.unknownOrphans() > 0 && !unknownToo) {
            alerts.open(
                    "reconcile.unknown-objects",
                    subject,
                    Severity.CRITICAL,
                    Map.of("count", inventory.unknownOrphans()));
        } else {
            alerts.resolve("reconcile.unknown-objects", subject);
        }
        if (orphans > limit && !unknownToo) {
            alerts.open(
                    "reconcile.too-many-orphans",
                    subject,
                    Severity.CRITICAL,
                    Map.of("count", orphans, "limit", limit));
            return false;
        }
        alerts.resolve("reconcile.too-many-orphans", subject);
        return true;
    }

    @Transactional
    List<Address> removable(String destination, boolean unknownToo, int most) {
        return ledger
                .removable(destination, unknownToo, settings.orphanDelay().toSeconds(), most)
                .stream()
                .map(Address::parse)
                .toList();
    }

    /** Books what the store said; a kill before this asks it again, and it agrees. */
    @Transactional
    void removed(Ticket ticket, String destination, List<String> gone, Map<String, String> failed) {
        ticket.hold();
        if (!gone.isEmpty()) {
            ledger.removed(destination, gone);
            trail.record(
                    RECONCILE,
                    "orphans.removed",
                    "destination:" + destination,
                    "done",
                    Map.of("run_id", ticket.run().toString(), "addresses", gone));
        }
        if (!failed.isEmpty()) {
            ledger.notRemoved(destination, failed.keySet());
        }
        ticket.done(0, "orphans of " + destination);
    }

    @Transactional
    void close(Ticket ticket, String destination, long removed, int uploads) {
        ticket.hold();
        ledger.close(ticket.run(), destination, removed, uploads);
    }

    /** Drift by destination and kind, of the latest inventories. */
    @Transactional
    public List<Drift> drift() {
        return ledger.latest().stream().map(Drift::of).toList();
    }

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
