package coffer.ui.operations;

import coffer.fleet.SystemFilter;
import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.fleet.activity.BackupPlaces;
import coffer.fleet.organizations.OrganizationDesk;
import coffer.fleet.organizations.OrganizationView;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Problem;
import coffer.platform.web.Paging;
import coffer.ui.Addresses;
import coffer.ui.Visit;
import coffer.ui.systems.BackupsTab;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Finds a system by name, address, key or id, an organization by name or id, a backup by its file's
 * name or id. Where there is only one such thing, it goes there at once.
 */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class SearchPage {

    private static final Paging MOST = Paging.of(null, "20");

    /** Appliances see the ids of backups with an extension. */
    private static final Pattern ID =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:\\.[a-z0-9.]{1,12})?");

    private final Visit visit;
    private final Systems systems;
    private final OrganizationDesk organizations;
    private final BackupPlaces backups;
    private Systems.@Nullable Listing found;
    private @Nullable List<OrganizationView> owners;
    private BackupPlaces.@Nullable Named files;

    @Inject
    SearchPage(Visit visit, Systems systems, OrganizationDesk organizations, BackupPlaces backups) {
        this.visit = visit;
        this.systems = systems;
        this.organizations = organizations;
        this.backups = backups;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SearchPage() {
        this(null, null, null, null);
    }

    /** What is searched for. */
    public String getText() {
        var text = visit.parameter("q");
        return text == null ? "" : text;
    }

    /** Systems, the first of them. */
    public List<SystemView> getSystems() {
        if (found == null) {
            var caller = visit.caller(Permission.SYSTEMS_READ);
            found =
                    systems.list(
                            caller,
                            new SystemFilter(getText(), null, null, null, null, true, null),
                            null,
                            MOST);
        }
        return found.systems();
    }

    /** How many more systems there are. */
    public long getFurther() {
        getSystems();
        return found == null ? 0 : found.pagination().totalCount() - found.systems().size();
    }

    /** Where all of them are. */
    public String getAllSystems() {
        return Addresses.of(Addresses.SYSTEMS).with("search", getText()).toString();
    }

    /** Organizations, the first of them. */
    public List<OrganizationView> getOrganizations() {
        if (owners == null) {
            var caller = visit.caller(Permission.SYSTEMS_READ);
            owners =
                    caller.may(Permission.ORGANIZATIONS_READ)
                            ? organizations
                                    .list(
                                            caller,
                                            new OrganizationDesk.Filter(
                                                    getText(), null, null, null),
                                            null,
                                            MOST)
                                    .organizations()
                            : List.of();
        }
        return owners;
    }

    /** Backups by the names of their files, the newest of them. */
    public BackupPlaces.Named getFiles() {
        if (files == null) {
            files = backups.named(visit.caller(Permission.SYSTEMS_READ), getText());
        }
        return files;
    }

    /** Where a backup is. */
    public String address(BackupPlaces.Place backup) {
        return BackupsTab.place(backup);
    }

    /** Where a system is. */
    public String address(SystemView system) {
        return Addresses.system(system.id());
    }

    /** Where an organization is. */
    public String address(OrganizationView organization) {
        return Addresses.organization(organization.id());
    }

    /** True where there is nothing of that name, key or id. */
    public boolean isNothing() {
        return getText().isEmpty()
                || (getSystems().isEmpty()
                        && getOrganizations().isEmpty()
                        && getFiles().places().isEmpty()
                        && !getFiles().tooMany());
    }

    /** Goes there, if there is one place only. */
    public void jump() {
        visit.caller(Permission.SYSTEMS_READ);
        if (!getText().isEmpty()) {
            byId().or(this::only).ifPresent(visit::leaveTo);
        }
    }

    private Optional<String> byId() {
        var text = ID.matcher(getText().toLowerCase(Locale.ROOT));
        if (!text.matches()) {
            return Optional.empty();
        }
        var id = UUID.fromString(text.group(1));
        var caller = visit.caller(Permission.SYSTEMS_READ);
        return seen(() -> Addresses.system(systems.find(caller, id).id()))
                .or(() -> backups.find(caller, id).map(BackupsTab::place))
                .or(() ->
                        caller.may(Permission.ORGANIZATIONS_READ)
                                ? seen(() ->
                                        Addresses.organization(organizations.find(caller, id).id()))
                                : Optional.empty());
    }

    /** What is outside is as if it did not exist. */
    private static Optional<String> seen(java.util.function.Supplier<String> look) {
        try {
            return Optional.of(look.get());
        } catch (Problem unseen) {
            return Optional.empty();
        }
    }

    private Optional<String> only() {
        var places = new ArrayList<String>();
        getSystems().forEach(one -> places.add(address(one)));
        getOrganizations().forEach(one -> places.add(address(one)));
        getFiles().places().forEach(one -> places.add(address(one)));
        return places.size() == 1 && !getFiles().tooMany()
                ? Optional.of(places.getFirst())
                : Optional.empty();
    }
}
