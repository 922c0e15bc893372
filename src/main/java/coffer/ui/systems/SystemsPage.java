package coffer.ui.systems;

import coffer.fleet.SystemFilter;
import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The systems of the caller's subtree. Search, states, order and page are in the address; only the
 * lines of one page are read.
 */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class SystemsPage {

    private static final List<String> BACKUP_STATES =
            List.of("overdue", "late", "due", "fresh", "never", "paused");
    private static final List<String> STATUSES =
            List.of("active", "inactive", "unknown", "suspended", "deleted");

    private final Visit visit;
    private final Words words;
    private final Systems systems;
    private Systems.@Nullable Listing listing;

    @Inject
    SystemsPage(Visit visit, Words words, Systems systems) {
        this.visit = visit;
        this.words = words;
        this.systems = systems;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemsPage() {
        this(null, null, null);
    }

    /**
     * One that may be chosen.
     *
     * @param chosen it is; its address takes it away again
     */
    public record Chip(String label, String address, boolean chosen) {}

    /**
     * A heading to sort by.
     *
     * @param order {@code ascending}, {@code descending} or {@code none}, as ARIA says it
     */
    public record Heading(String label, String address, String order) {}

    /** The lines of this page. */
    public List<SystemView> getLines() {
        return listing().systems();
    }

    /** How many there are in all, and which of them these are. */
    public String getExtent() {
        var pages = listing().pagination();
        if (pages.totalCount() == 0) {
            return words.of("systems", "none");
        }
        var first = (pages.page() - 1L) * pages.pageSize() + 1;
        return words.with(
                "systems.extent",
                words.number(first),
                words.number(Math.max(first, first + getLines().size() - 1)),
                words.number(pages.totalCount()));
    }

    /** The page before, or null. */
    public @Nullable String getEarlier() {
        var page = listing().pagination().prevPage();
        return page == null ? null : here().with("page", page == 1 ? null : page).toString();
    }

    /** The page after, or null. */
    public @Nullable String getLater() {
        var page = listing().pagination().nextPage();
        return page == null ? null : here().with("page", page).toString();
    }

    /** States of the backups. */
    public List<Chip> getBackupStates() {
        return chips("state", "state", BACKUP_STATES);
    }

    /** What the heartbeats say, and what people did. */
    public List<Chip> getStatuses() {
        return chips("status", "status", STATUSES);
    }

    /** True when nothing is narrowed. */
    public boolean isAll() {
        return Stream.of("search", "state", "status", "organization")
                .allMatch(name -> visit.parameter(name) == null);
    }

    /** Without anything narrowed. */
    public String getAllAddress() {
        return Addresses.of(Addresses.SYSTEMS).with("sort", visit.parameter("sort")).toString();
    }

    /** What is searched for. */
    public String getSearch() {
        return Objects.requireNonNullElse(visit.parameter("search"), "");
    }

    /** What a new search keeps. */
    public @Nullable String kept(String name) {
        return visit.parameter(name);
    }

    /** The columns by which the list can be sorted, in their order. */
    public List<Heading> getHeadings() {
        return List.of(
                heading("systems.name", "name"),
                heading("systems.organization", "organization"),
                heading("systems.last-backup", "last_backup_at"),
                heading("systems.last-heartbeat", "last_heartbeat"));
    }

    private Heading heading(String label, String column) {
        var sort = Objects.requireNonNullElse(visit.parameter("sort"), "name");
        var up = sort.equals(column);
        return new Heading(
                words.phrases().text(label),
                here().with("page", null).with("sort", up ? "-" + column : column).toString(),
                up ? "ascending" : sort.equals("-" + column) ? "descending" : "none");
    }

    private List<Chip> chips(String parameter, String family, List<String> values) {
        var now = visit.parameter(parameter);
        var chips = new ArrayList<Chip>();
        for (var value : values) {
            var chosen = value.equals(now);
            chips.add(
                    new Chip(
                            words.of(family, value),
                            here().with("page", null)
                                    .with(parameter, chosen ? null : value)
                                    .toString(),
                            chosen));
        }
        return List.copyOf(chips);
    }

    private Addresses here() {
        var here = Addresses.of(Addresses.SYSTEMS);
        for (var name :
                List.of("search", "state", "status", "organization", "sort", "size", "page")) {
            here.with(name, visit.parameter(name));
        }
        return here;
    }

    private Systems.Listing listing() {
        if (listing == null) {
            var caller = visit.caller(Permission.SYSTEMS_READ);
            listing =
                    systems.list(
                            caller,
                            new SystemFilter(
                                    visit.parameter("search"),
                                    null,
                                    visit.parameter("status"),
                                    null,
                                    organization(),
                                    true,
                                    visit.parameter("state")),
                            visit.parameter("sort"),
                            Paging.of(visit.parameter("page"), visit.parameter("size")));
        }
        return listing;
    }

    private @Nullable UUID organization() {
        var text = visit.parameter("organization");
        return text == null ? null : Ids.of(text);
    }
}
