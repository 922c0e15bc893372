package coffer.ui.people;

import coffer.fleet.organizations.OrganizationDesk;
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

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** The accounts of the caller's subtree, or of one organization and all below it. */
@Named
@RequestScoped
@Permitted(Permission.USERS_READ)
public class PeoplePage {

    private static final List<String> ROLES =
            List.of("super-admin", "admin", "support", "backoffice", "reader");

    private final Visit visit;
    private final Words words;
    private final UserDesk desk;
    private final OrganizationDesk organizations;
    private UserDesk.@Nullable Listing listing;

    @Inject
    PeoplePage(Visit visit, Words words, UserDesk desk, OrganizationDesk organizations) {
        this.visit = visit;
        this.words = words;
        this.desk = desk;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PeoplePage() {
        this(null, null, null, null);
    }

    /**
     * One that may be chosen.
     *
     * @param chosen it is; its address takes it away again
     */
    public record Chip(String label, String address, boolean chosen) {}

    /** The lines of this page. */
    public List<UserView> getLines() {
        return listing().users();
    }

    /** What roles somebody has, in words. */
    public String roles(UserView user) {
        return String.join(
                ", ", user.roles().stream().map(role -> words.of("role", role)).toList());
    }

    /** How many there are in all, and which of them these are. */
    public String getExtent() {
        var pages = listing().pagination();
        if (pages.totalCount() == 0) {
            return words.of("people", "no-one");
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
        return turned(listing().pagination().prevPage());
    }

    /** The page after, or null. */
    public @Nullable String getLater() {
        return turned(listing().pagination().nextPage());
    }

    /** Roles to choose from. */
    public List<Chip> getRoles() {
        var now = visit.parameter("role");
        var chips = new ArrayList<Chip>();
        for (var role : ROLES) {
            var chosen = role.equals(now);
            var address = here().with("page", null).with("role", chosen ? null : role);
            chips.add(new Chip(words.of("role", role), address.toString(), chosen));
        }
        return List.copyOf(chips);
    }

    /** The organization whose people these are, with those below; null for the caller's own. */
    public @Nullable String getOrganization() {
        var id = organization();
        return id == null
                ? null
                : organizations.find(visit.caller(Permission.ORGANIZATIONS_READ), id).name();
    }

    /** Of the whole subtree again. */
    public String getEverywhere() {
        return here().with("page", null).with("organization", null).toString();
    }

    /** Where that organization is shown. */
    public @Nullable String getOrganizationAddress() {
        var id = organization();
        return id == null ? null : Addresses.organization(id);
    }

    /** True when nothing is narrowed. */
    public boolean isAll() {
        return Stream.of("search", "role", "organization")
                .allMatch(name -> visit.parameter(name) == null);
    }

    /** What is searched for. */
    public String getSearch() {
        return Objects.requireNonNullElse(visit.parameter("search"), "");
    }

    /** What a new search keeps. */
    public @Nullable String kept(String name) {
        return visit.parameter(name);
    }

    /** The form for a new account, or null where the caller may make none. */
    public @Nullable String getNewAddress() {
        return visit.may(Permission.USERS_MANAGE)
                ? Addresses.of(NewPersonPage.PATH)
                        .with("organization", visit.parameter("organization"))
                        .toString()
                : null;
    }

    private @Nullable String turned(@Nullable Integer page) {
        return page == null ? null : here().with("page", page).toString();
    }

    private Addresses here() {
        var here = Addresses.of(Addresses.PEOPLE);
        for (var name : List.of("search", "role", "organization", "page")) {
            here.with(name, visit.parameter(name));
        }
        return here;
    }

    private @Nullable UUID organization() {
        var text = visit.parameter("organization");
        return text == null ? null : Ids.of(text, ProblemType.ORGANIZATION_NOT_FOUND);
    }

    private UserDesk.Listing listing() {
        if (listing == null) {
            listing =
                    desk.list(
                            visit.caller(Permission.USERS_READ),
                            new UserDesk.Wanted(
                                    visit.parameter("search"),
                                    organization(),
                                    true,
                                    visit.parameter("role")),
                            Paging.of(visit.parameter("page"), null));
        }
        return listing;
    }
}
