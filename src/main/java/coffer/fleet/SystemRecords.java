package coffer.fleet;

import coffer.appliance.InventoryDesk;
import coffer.audit.AuditHistory;
import coffer.id.Caller;
import coffer.platform.Problem;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** What a system has told of itself and what has happened to it, for those who see the system. */
@ApplicationScoped
public class SystemRecords {

    private static final int BACKUPS = 200;
    private static final int CHANGES = 50;

    private final Systems systems;
    private final SystemListLedger ledger;
    private final InventoryDesk inventories;
    private final AuditHistory history;

    @Inject
    SystemRecords(
            Systems systems,
            SystemListLedger ledger,
            InventoryDesk inventories,
            AuditHistory history) {
        this.systems = systems;
        this.ledger = ledger;
        this.inventories = inventories;
        this.history = history;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemRecords() {
        this(null, null, null, null);
    }

    /**
     * A page of the trail, newest first.
     *
     * @param more there is a page behind it
     */
    public record Trail(List<AuditHistory.Entry> entries, boolean more) {

        /** Copies. */
        public Trail {
            entries = List.copyOf(entries);
        }
    }

    /** Its latest inventory, if it ever sent one; the text only if it is not larger. */
    @Transactional(dontRollbackOn = Problem.class)
    public Optional<InventoryDesk.Latest> inventory(Caller.Person caller, UUID id, int mostBytes) {
        systems.find(caller, id);
        return inventories.latest(id, mostBytes);
    }

    /** When its inventory changed, the newest {@value #CHANGES}. */
    @Transactional(dontRollbackOn = Problem.class)
    public List<InventoryDesk.Change> inventoryChanges(Caller.Person caller, UUID id) {
        systems.find(caller, id);
        return inventories.changes(id, CHANGES);
    }

    /** What happened to it and to its newest {@value #BACKUPS} backups. */
    @Transactional(dontRollbackOn = Problem.class)
    public Trail history(Caller.Person caller, UUID id, boolean byPeople, Paging paging) {
        systems.find(caller, id);
        var subjects =
                Stream.concat(
                                Stream.of("system:" + id),
                                ledger.newestBackups(id, BACKUPS).stream()
                                        .map(backup -> "backup:" + backup))
                        .toList();
        var found = history.of(subjects, byPeople, paging.offset(), paging.pageSize() + 1);
        return new Trail(
                found.subList(0, Math.min(found.size(), paging.pageSize())),
                found.size() > paging.pageSize());
    }
}
