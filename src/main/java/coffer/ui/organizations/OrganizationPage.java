package coffer.ui.organizations;

import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationTree;
import coffer.fleet.organizations.OrganizationView;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.id.Visibility;
import coffer.organization.OrganizationRow;
import coffer.organization.Organizations;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/** One organization, and which of its forms is open. */
@Named
@RequestScoped
@Permitted(Permission.ORGANIZATIONS_READ)
public class OrganizationPage {

    /** What needs a form, or a word beforehand. */
    private static final List<String> FORMS =
            List.of("create-below", "rename", "set-policy", "move", "hold", "destroy");

    private static final Paging FIRST = new Paging(1, 20);

    private final Visit visit;
    private final OrganizationDesk desk;
    private final OrganizationTree tree;
    private final Organizations organizations;
    private @Nullable OrganizationView organization;
    private OrganizationDesk.@Nullable Usage usage;
    private OrganizationTree.@Nullable Branch below;
    private @Nullable List<OrganizationRow> above;

    @Inject
    OrganizationPage(
            Visit visit,
            OrganizationDesk desk,
            OrganizationTree tree,
            Organizations organizations) {
        this.visit = visit;
        this.desk = desk;
        this.tree = tree;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationPage() {
        this(null, null, null, null);
    }

    /** The organization that the address names. */
    public OrganizationView getOrganization() {
        if (organization == null) {
            organization =
                    desk.find(
                            visit.caller(Permission.ORGANIZATIONS_READ),
                            Ids.of(visit.parameter("id"), ProblemType.ORGANIZATION_NOT_FOUND));
        }
        return organization;
    }

    /** Those above it that the caller sees, from the top. */
    public List<OrganizationRow> getAbove() {
        if (above == null) {
            var id = getOrganization().id();
            var visible = Visibility.of(visit.caller(Permission.ORGANIZATIONS_READ));
            var path = organizations.find(id).map(OrganizationRow::path).orElse(List.of());
            above =
                    organizations.along(path).stream()
                            .filter(row -> visible.covers(row.path()) && !row.id().equals(id))
                            .toList();
        }
        return above;
    }

    /** Bytes and counts. */
    public OrganizationDesk.Usage getUsage() {
        if (usage == null) {
            usage = desk.usage(visit.caller(Permission.ORGANIZATIONS_READ), getOrganization().id());
        }
        return usage;
    }

    /** What its quota is compared with: its subtree, or its own systems where nobody set one. */
    public long getCounted() {
        var part =
                getUsage().quotaBytes() == null
                        ? getUsage().usage().own()
                        : getUsage().usage().subtree();
        return part.liveBytes() + part.reservedBytes();
    }

    /** The quota that holds; 0 is none. */
    public long getQuota() {
        return Objects.requireNonNullElse(getUsage().quotaBytes(), getUsage().usualQuotaBytes());
    }

    /** How full the quota is, in per cent. */
    public long getFullness() {
        return Math.min(100, getCounted() / Math.max(1, getQuota() / 100));
    }

    /** The first of those right below it. */
    public List<OrganizationTree.Node> getBelow() {
        return below().nodes();
    }

    /** Whether there are more than the first. */
    public boolean isMoreBelow() {
        return below().pagination().hasNext();
    }

    /** All right below it. */
    public String getAllBelow() {
        return Addresses.of(Addresses.ORGANIZATIONS)
                .with("parent", getOrganization().id())
                .toString();
    }

    /** Its systems, and those of all below it. */
    public String getSystems() {
        return Addresses.of(Addresses.SYSTEMS)
                .with("organization", getOrganization().id())
                .toString();
    }

    /** Its people, and those of all below it. */
    public String getPeople() {
        return Addresses.of(Addresses.PEOPLE)
                .with("organization", getOrganization().id())
                .toString();
    }

    /** True for what the caller may do to it. */
    public boolean may(String action) {
        return getOrganization().actions().contains(action);
    }

    /** The form that is open, or nothing. */
    public String getDoing() {
        var wanted = Objects.requireNonNullElse(visit.parameter("do"), "");
        return FORMS.contains(wanted) && may(wanted) ? wanted : "";
    }

    /** Those that this caller may open. */
    public List<String> getForms() {
        return FORMS.stream().filter(this::may).toList();
    }

    /** Opens a form. */
    public String opening(String form) {
        return Addresses.of(Addresses.ORGANIZATION)
                        .with("id", getOrganization().id())
                        .with("do", form)
                + "#form";
    }

    /** Without a form. */
    public String getAddress() {
        return Addresses.organization(getOrganization().id());
    }

    private OrganizationTree.Branch below() {
        if (below == null) {
            below =
                    tree.below(
                            visit.caller(Permission.ORGANIZATIONS_READ),
                            getOrganization().id(),
                            FIRST);
        }
        return below;
    }
}
