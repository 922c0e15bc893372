package coffer.ui.systems;

import static coffer.id.Permission.SYSTEMS_MANAGE;
import static coffer.id.Permission.SYSTEMS_READ;

import coffer.fleet.SystemDesk;
import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.id.Caller;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.PageFilter;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The systems of the caller's subtree. Search, filters, order and page are in the address; only the
 * lines of one page are read.
 */
@Named
@RequestScoped
@Permitted(SYSTEMS_READ)
public class SystemsPage {

    private static final int MOST_CHOSEN = 200;

    private final Visit visit;
    private final Words words;
    private final Systems systems;
    private final SystemDesk desk;
    private final SystemsQuery query;
    private final Columns columns;
    private Systems.@Nullable Listing listing;

    @Inject
    SystemsPage(
            Visit visit,
            Words words,
            Systems systems,
            SystemDesk desk,
            SystemsQuery query,
            Columns columns) {
        this.visit = visit;
        this.words = words;
        this.systems = systems;
        this.desk = desk;
        this.query = query;
        this.columns = columns;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemsPage() {
        this(null, null, null, null, null, null);
    }

    /** Remembers the page's size and columns, and does to the chosen ones what a button says. */
    public void act() {
        query.remember();
        columns.remember();
        if (visit.request().getMethod().equals("POST")) {
            pressed("do-suspend", desk::suspend);
            pressed("do-reactivate", desk::reactivate);
        }
    }

    /** What a button does to each. */
    private interface Deed {
        void on(Caller.Person caller, UUID id);
    }

    /** Each in a transaction of its own: one that is refused keeps no other from being done. */
    private void pressed(String button, Deed deed) {
        if (visit.parameter(button) == null) {
            return;
        }
        var caller = visit.caller(SYSTEMS_MANAGE);
        var chosen = visit.request().getParameterValues("chosen");
        var refused = 0;
        for (var id : Stream.ofNullable(chosen).flatMap(Stream::of).limit(MOST_CHOSEN).toList()) {
            try {
                deed.on(caller, Ids.of(id));
            } catch (Problem problem) {
                refused++;
            }
        }
        var notice = chosen == null ? "chosen-none" : refused > 0 ? "chosen-part" : "chosen-done";
        visit.leaveTo(Addresses.noticed(Addresses.ours(visit.parameter("back")), notice));
    }

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
        return page == null ? null : query.here().with("page", page == 1 ? null : page).toString();
    }

    /** The page after, or null. */
    public @Nullable String getLater() {
        var page = listing().pagination().nextPage();
        return page == null ? null : query.here().with("page", page).toString();
    }

    /** True for whoever may make a new one, and suspend some. */
    public boolean isMayCreate() {
        return visit.may(SYSTEMS_MANAGE);
    }

    /** Rows of chips, a filter each. */
    public List<SystemsQuery.Chips> getFilters() {
        return query.filters(getLines());
    }

    /** How long a page may be. */
    public List<SystemsQuery.Chip> getSizes() {
        return query.sizes();
    }

    /** True when nothing is narrowed. */
    public boolean isAll() {
        return query.all();
    }

    /** Without anything narrowed. */
    public String getAllAddress() {
        return Addresses.of(Addresses.SYSTEMS).with("sort", visit.parameter("sort")).toString();
    }

    /** The same list as a file. */
    public String getCsv() {
        return query.at(PageFilter.FOLDER + "systems-csv.xhtml").with("page", null).toString();
    }

    /** What is searched for. */
    public String getSearch() {
        return Objects.requireNonNullElse(visit.parameter("search"), "");
    }

    /** What a new search keeps. */
    public @Nullable String kept(String name) {
        return visit.parameter(name);
    }

    private Systems.Listing listing() {
        if (listing == null) {
            var caller = visit.caller(SYSTEMS_READ);
            listing = systems.list(caller, query.filter(), visit.parameter("sort"), query.paging());
        }
        return listing;
    }
}
