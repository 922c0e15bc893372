package coffer.ui.people;

import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationView;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.people.UserDesk;
import coffer.people.UserInput;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.ui.Addresses;
import coffer.ui.Entries;
import coffer.ui.Ids;
import coffer.ui.PageFilter;
import coffer.ui.Visit;
import coffer.ui.once.Once;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Makes an account of one organization. Its password is in the answer, and nowhere else. */
@Named
@RequestScoped
@Permitted({Permission.USERS_MANAGE, Permission.ORGANIZATIONS_READ})
public class NewPersonPage {

    static final String PATH = PageFilter.FOLDER + "new-person.xhtml";

    private final Visit visit;
    private final Entries entries;
    private final UserDesk desk;
    private final OrganizationDesk organizations;
    private final Once once;
    private @Nullable OrganizationView organization;
    private UserDesk.@Nullable Created told;

    @Inject
    NewPersonPage(
            Visit visit,
            Entries entries,
            UserDesk desk,
            OrganizationDesk organizations,
            Once once) {
        this.visit = visit;
        this.entries = entries;
        this.desk = desk;
        this.organizations = organizations;
        this.once = once;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected NewPersonPage() {
        this(null, null, null, null, null);
    }

    /** Where the account will belong: as the address says, else the caller's own. */
    public OrganizationView getOrganization() {
        if (organization == null) {
            var caller = visit.caller(Permission.USERS_MANAGE, Permission.ORGANIZATIONS_READ);
            var text = visit.parameter("organization");
            organization =
                    organizations.find(
                            caller,
                            text == null
                                    ? caller.organizationId()
                                    : Ids.of(text, ProblemType.ORGANIZATION_NOT_FOUND));
        }
        return organization;
    }

    /** The roles that the caller may give there. */
    public List<String> getRoles() {
        return UserDesk.roles(
                visit.caller(Permission.USERS_MANAGE), getOrganization().type().equals("owner"));
    }

    /** The new account with its password, in the one answer that tells it; else null. */
    public UserDesk.@Nullable Created getTold() {
        return told;
    }

    /** Makes it. */
    public void act() {
        if (!entries.sent() || visit.parameter("create") == null) {
            return;
        }
        var email = visit.parameter("email");
        var input =
                new UserInput(
                        entries.text("username"),
                        entries.text("name"),
                        email,
                        visit.parameter("locale"),
                        entries.ticked("roles"),
                        getOrganization().id(),
                        null,
                        null,
                        null);
        if (!entries.valid(input)) {
            return;
        }
        try {
            var caller = visit.caller(Permission.USERS_MANAGE);
            once.tell(() -> {
                var made = desk.create(caller, input);
                told = made;
                return Addresses.noticed(Addresses.person(made.user().id()), "told-password");
            });
        } catch (Problem refused) {
            entries.refuse(refused);
        }
    }
}
