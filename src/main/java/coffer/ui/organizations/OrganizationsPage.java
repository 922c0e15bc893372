package coffer.ui.organizations;

import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationTree;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
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

/** A search among the organizations of the caller's subtree; without one, the tree. */
@Named
@RequestScoped
@Permitted(Permission.ORGANIZATIONS_READ)
public class OrganizationsPage {

    private static final List<String> TYPES =
            List.of("owner", "distributor", "reseller", "customer");
    private static final List<String> STATUSES = List.of("active", "suspended", "deleted");

    private final Visit visit;
    private final Words words;
    private final OrganizationTree tree;
    private final OrganizationDesk desk;
    private OrganizationTree.@Nullable Branch found;

    @Inject
    OrganizationsPage(Visit visit, Words words, OrganizationTree tree, OrganizationDesk desk) {
        this.visit = visit;
        this.words = words;
        this.tree = tree;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationsPage() {
        this(null, null, null, null);
    }

    /**
     * One that may be chosen.
     *
     * @param chosen it is; its address takes it away again
     */
    public record Chip(String label, String address, boolean chosen) {}

    /** True when something is looked for: a list, and no tree. */
    public boolean isSearching() {
        return Stream.of("search", "type", "status", "parent")
                .anyMatch(name -> visit.parameter(name) != null);
    }

    /** What is searched for. */
    public String getSearch() {
        return Objects.requireNonNullElse(visit.parameter("search"), "");
    }

    /** What a new search keeps. */
    public @Nullable String kept(String name) {
        return visit.parameter(name);
    }

    /** The organization right below which is looked, or null. */
    public @Nullable String getParent() {
        var parent = parent();
        return parent == null
                ? null
                : desk.find(visit.caller(Permission.ORGANIZATIONS_READ), parent).name();
    }

    /** The same, looked for everywhere. */
    public String getEverywhere() {
        return here().with("page", null).with("parent", null).toString();
    }

    /** What was found. */
    public List<OrganizationTree.Node> getFound() {
        return found().nodes();
    }

    /** How many were found, and which of them these are. */
    public String getExtent() {
        var pages = found().pagination();
        if (pages.totalCount() == 0) {
            return words.of("organizations", "no-one");
        }
        var first = (pages.page() - 1L) * pages.pageSize() + 1;
        return words.with(
                "systems.extent",
                words.number(first),
                words.number(Math.max(first, first + getFound().size() - 1)),
                words.number(pages.totalCount()));
    }

    /** The page before, or null. */
    public @Nullable String getEarlier() {
        return turned(found().pagination().prevPage());
    }

    /** The page after, or null. */
    public @Nullable String getLater() {
        return turned(found().pagination().nextPage());
    }

    /** Kinds of organizations. */
    public List<Chip> getTypes() {
        return chips("type", "organization", TYPES);
    }

    /** What was decided about them. */
    public List<Chip> getStatuses() {
        return chips("status", "organization-status", STATUSES);
    }

    private @Nullable String turned(@Nullable Integer page) {
        return page == null ? null : here().with("page", page).toString();
    }

    private List<Chip> chips(String parameter, String family, List<String> values) {
        var now = visit.parameter(parameter);
        var chips = new ArrayList<Chip>();
        for (var value : values) {
            var chosen = value.equals(now);
            var address = here().with("page", null).with(parameter, chosen ? null : value);
            chips.add(new Chip(words.of(family, value), address.toString(), chosen));
        }
        return List.copyOf(chips);
    }

    private Addresses here() {
        var here = Addresses.of(Addresses.ORGANIZATIONS);
        for (var name : List.of("search", "type", "status", "parent", "page")) {
            here.with(name, visit.parameter(name));
        }
        return here;
    }

    private @Nullable UUID parent() {
        var text = visit.parameter("parent");
        return text == null ? null : Ids.of(text, ProblemType.ORGANIZATION_NOT_FOUND);
    }

    private OrganizationTree.Branch found() {
        if (found == null) {
            var parent = parent();
            var status = visit.parameter("status");
            found =
                    tree.list(
                            visit.caller(Permission.ORGANIZATIONS_READ),
                            new OrganizationDesk.Filter(
                                    visit.parameter("search"),
                                    visit.parameter("type"),
                                    status == null && parent != null ? "all" : status,
                                    parent),
                            Paging.of(visit.parameter("page"), null));
        }
        return found;
    }
}
