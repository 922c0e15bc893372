package coffer.ui.systems;

import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationView;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.platform.web.Paging;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;

/** Organizations to choose one of: the whole subtree, or what a search leaves of a large one. */
@RequestScoped
public class OrganizationChoice {

    private static final int MOST = 200;

    private final Visit visit;
    private final OrganizationDesk desk;
    private @Nullable Choice choice;

    @Inject
    OrganizationChoice(Visit visit, OrganizationDesk desk) {
        this.visit = visit;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationChoice() {
        this(null, null);
    }

    /**
     * What there is to choose from.
     *
     * @param found what was searched for
     * @param searched there are more than a list can show, or a search has narrowed it
     */
    public record Choice(List<OrganizationView> options, String found, boolean searched) {

        /** Copies. */
        public Choice {
            options = List.copyOf(options);
        }
    }

    /** Those of the caller's subtree that are active, by name. */
    public Choice choice(Caller.Person caller) {
        if (choice == null) {
            var found = Objects.requireNonNullElse(visit.parameter("find"), "");
            if (!caller.may(Permission.ORGANIZATIONS_READ)) {
                return new Choice(List.of(), "", false);
            }
            var listing =
                    desk.list(
                            caller,
                            new OrganizationDesk.Filter(found, null, "active", null),
                            "name",
                            new Paging(1, MOST));
            choice =
                    new Choice(
                            listing.organizations(),
                            found,
                            !found.isEmpty() || listing.pagination().hasNext());
        }
        return choice;
    }
}
