package coffer.ui.systems;

import coffer.appliance.InventoryDesk;
import coffer.fleet.SystemRecords;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The latest inventory as a tree, and when it changed. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class InventoryTab {

    private static final int MOST_BYTES = 1 << 20;

    private final Visit visit;
    private final SystemPage page;
    private final SystemRecords records;
    private InventoryDesk.@Nullable Latest latest;
    private @Nullable List<InventoryDesk.Change> changes;

    @Inject
    InventoryTab(Visit visit, SystemPage page, SystemRecords records) {
        this.visit = visit;
        this.page = page;
        this.records = records;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected InventoryTab() {
        this(null, null, null);
    }

    /** The latest, or null. */
    public InventoryDesk.@Nullable Latest getLatest() {
        if (latest == null) {
            latest =
                    records.inventory(
                                    visit.caller(Permission.SYSTEMS_READ),
                                    page.getSystem().id(),
                                    MOST_BYTES)
                            .orElse(null);
        }
        return latest;
    }

    /** It as markup, or null where it is too large to be shown. */
    public @Nullable String getTree() {
        var one = getLatest();
        return one == null || one.document() == null ? null : TreeMarkup.of(one.document());
    }

    /** When it changed, the newest first. */
    public List<InventoryDesk.Change> getChanges() {
        if (changes == null) {
            changes =
                    records.inventoryChanges(
                            visit.caller(Permission.SYSTEMS_READ), page.getSystem().id());
        }
        return changes;
    }
}
