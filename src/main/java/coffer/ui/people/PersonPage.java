package coffer.ui.people;

import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationView;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.people.UserDesk;
import coffer.people.UserView;
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

import java.util.List;
import java.util.Objects;

/** One account, and which of its forms is open. */
@Named
@RequestScoped
@Permitted(Permission.USERS_READ)
public class PersonPage {

    private static final Paging FIRST = new Paging(1, 20);

    private final Visit visit;
    private final Words words;
    private final UserDesk desk;
    private final OrganizationDesk organizations;
    private @Nullable UserView person;

    @Inject
    PersonPage(Visit visit, Words words, UserDesk desk, OrganizationDesk organizations) {
        this.visit = visit;
        this.words = words;
        this.desk = desk;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PersonPage() {
        this(null, null, null, null);
    }

    /** The account that the address names. */
    public UserView getPerson() {
        if (person == null) {
            person =
                    desk.find(
                            visit.caller(Permission.USERS_READ),
                            Ids.of(visit.parameter("id"), ProblemType.USER_NOT_FOUND));
        }
        return person;
    }

    /** It has changed: it is read again. */
    void forget() {
        person = null;
    }

    /** True for what the caller may do to it. */
    public boolean may(String action) {
        return getPerson().actions().contains(action);
    }

    /** The form that is open, or nothing. */
    public String getDoing() {
        var wanted = Objects.requireNonNullElse(visit.parameter("do"), "");
        return switch (wanted) {
            case "update" -> may("update") ? wanted : "";
            case "move" -> isMovable() ? wanted : "";
            default -> "";
        };
    }

    /** True where the caller decides about its standing. */
    public boolean isMovable() {
        return may("disable") && visit.may(Permission.ORGANIZATIONS_READ);
    }

    /** Opens a form. */
    public String opening(String form) {
        return Addresses.of(Addresses.PERSON).with("id", getPerson().id()).with("do", form)
                + "#form";
    }

    /** Without a form. */
    public String getAddress() {
        return Addresses.person(getPerson().id());
    }

    /** The roles that the caller may give it; nobody gives themselves any. */
    public List<String> getRoles() {
        return may("disable")
                ? UserDesk.roles(
                        visit.caller(Permission.USERS_READ),
                        getPerson().organization().type().equals("owner"))
                : List.of();
    }

    /** Organizations that it may move to, by name. */
    public List<OrganizationView> getPlaces() {
        return organizations
                .list(
                        visit.caller(Permission.ORGANIZATIONS_READ),
                        new OrganizationDesk.Filter(
                                visit.parameter("search"), null, "active", null),
                        "name",
                        FIRST)
                .organizations()
                .stream()
                .filter(one -> !one.id().equals(getPerson().organization().id()))
                .toList();
    }

    /** What the dialog asks. */
    public String question(OrganizationView place) {
        return words.with("person.move.question", getPerson().name(), place.name());
    }

    /** What is searched for. */
    public String getSearch() {
        return Objects.requireNonNullElse(visit.parameter("search"), "");
    }
}
