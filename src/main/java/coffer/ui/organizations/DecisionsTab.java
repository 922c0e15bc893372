package coffer.ui.organizations;

import static coffer.id.Permission.HOLDS_MANAGE;
import static coffer.id.Permission.ORGANIZATIONS_MANAGE;
import static coffer.id.Permission.ORGANIZATIONS_READ;

import coffer.fleet.HoldView;
import coffer.fleet.Holds;
import coffer.fleet.organizations.OrganizationDesk;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.Ids;
import coffer.ui.Visit;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;

/** What is decided about an organization: each button carries its id, and does one thing. */
@Named
@RequestScoped
@Permitted(Permission.ORGANIZATIONS_READ)
public class DecisionsTab {

    private static final List<String> KINDS = List.of("distributor", "reseller", "customer");

    private final Visit visit;
    private final Entries entries;
    private final OrganizationPage page;
    private final OrganizationDesk desk;
    private final Holds holds;
    private final Once once;
    private @Nullable List<HoldView> open;

    @Inject
    DecisionsTab(
            Visit visit,
            Entries entries,
            OrganizationPage page,
            OrganizationDesk desk,
            Holds holds,
            Once once) {
        this.visit = visit;
        this.entries = entries;
        this.page = page;
        this.desk = desk;
        this.holds = holds;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected DecisionsTab() {
        this(null, null, null, null, null, null);
    }

    /** Holds on the organization itself. */
    public List<HoldView> getHolds() {
        if (open == null) {
            open = holds.onOrganization(visit.caller(ORGANIZATIONS_READ), organization());
        }
        return open;
    }

    /** True when the caller may lift one. */
    public boolean isLiftable() {
        return page.may("hold") && getHolds().stream().anyMatch(HoldView::liftable);
    }

    /** What may stand right below it. */
    public List<String> getKinds() {
        var type = page.getOrganization().type();
        return KINDS.stream().filter(kind -> Organizations.above(kind).contains(type)).toList();
    }

    /** Does what the button says that was pressed. */
    public void act() {
        if (!entries.sent()) {
            return;
        }
        pressed("suspend", ORGANIZATIONS_MANAGE, (by, id) -> desk.suspend(by, id).id());
        pressed("reactivate", ORGANIZATIONS_MANAGE, (by, id) -> desk.reactivate(by, id).id());
        pressed("delete", ORGANIZATIONS_MANAGE, (by, id) -> desk.delete(by, id).id());
        pressed("restore", ORGANIZATIONS_MANAGE, (by, id) -> desk.restore(by, id).id());
        pressed(
                "rename",
                ORGANIZATIONS_MANAGE,
                (by, id) -> desk.rename(by, id, entries.text("name")).id());
        pressed(
                "create-below",
                ORGANIZATIONS_MANAGE,
                (by, id) -> desk.create(by, entries.text("type"), id, entries.text("name")).id());
        pressed("move", ORGANIZATIONS_MANAGE, this::move);
        pressed("hold", HOLDS_MANAGE, this::hold);
        pressed("lift", HOLDS_MANAGE, this::lift);
    }

    private UUID move(Caller.Person caller, UUID parent) {
        return desk.move(caller, organization(), parent).id();
    }

    private UUID hold(Caller.Person caller, UUID id) {
        holds.holdOrganization(caller, id, entries.text("reason"));
        return id;
    }

    private UUID lift(Caller.Person caller, UUID id) {
        holds.liftOrganization(caller, id);
        return id;
    }

    private void pressed(String button, Permission permission, Work work) {
        var id = visit.parameter(button);
        if (id == null) {
            return;
        }
        try {
            var caller = visit.caller(permission);
            var about = Ids.of(id, ProblemType.ORGANIZATION_NOT_FOUND);
            once.go(() -> {
                var next = Addresses.organization(work.on(caller, about));
                return Addresses.noticed(next, "organization-" + button);
            });
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }

    private UUID organization() {
        return page.getOrganization().id();
    }

    /** What a button does; whose page comes next. */
    private interface Work {
        UUID on(Caller.Person caller, UUID id);
    }
}
