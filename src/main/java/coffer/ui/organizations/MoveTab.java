package coffer.ui.organizations;

import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationView;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.organization.Organizations;
import coffer.platform.web.Paging;
import coffer.ui.Visit;
import coffer.ui.Words;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/** Where an organization may be moved to. */
@Named
@RequestScoped
@Permitted({Permission.ORGANIZATIONS_READ, Permission.ORGANIZATIONS_MANAGE})
public class MoveTab {

    private static final List<String> KINDS = List.of("reseller", "distributor", "owner");
    private static final Paging FIRST = new Paging(1, 20);

    private final Visit visit;
    private final Words words;
    private final OrganizationPage page;
    private final OrganizationDesk desk;
    private OrganizationDesk.@Nullable Listing places;

    @Inject
    MoveTab(Visit visit, Words words, OrganizationPage page, OrganizationDesk desk) {
        this.visit = visit;
        this.words = words;
        this.page = page;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected MoveTab() {
        this(null, null, null, null);
    }

    /** What is searched for. */
    public String getSearch() {
        return Objects.requireNonNullElse(visit.parameter("search"), "");
    }

    /** Kinds below which it may stand. */
    public List<String> getKinds() {
        var above = Organizations.above(page.getOrganization().type());
        return KINDS.stream().filter(above::contains).toList();
    }

    /** The kind that is looked for. */
    public String getKind() {
        var wanted = visit.parameter("type");
        return getKinds().stream()
                .filter(kind -> kind.equals(wanted))
                .findFirst()
                .orElseGet(() -> getKinds().getFirst());
    }

    /** The first of those that are active, but the one where it stands. */
    public List<OrganizationView> getPlaces() {
        return places().organizations().stream()
                .filter(one -> !one.id().equals(page.getOrganization().parentId()))
                .toList();
    }

    /** True when a search would help. */
    public boolean isMore() {
        return places().pagination().hasNext();
    }

    /** What the dialog asks. */
    public String question(OrganizationView place) {
        return words.with(
                "organization.move.question", page.getOrganization().name(), place.name());
    }

    private OrganizationDesk.Listing places() {
        if (places == null) {
            places =
                    desk.list(
                            visit.caller(
                                    Permission.ORGANIZATIONS_READ, Permission.ORGANIZATIONS_MANAGE),
                            new OrganizationDesk.Filter(
                                    visit.parameter("search"), getKind(), "active", null),
                            "name",
                            FIRST);
        }
        return places;
    }
}
