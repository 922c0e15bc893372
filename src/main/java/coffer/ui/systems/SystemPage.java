package coffer.ui.systems;

import coffer.fleet.SystemView;
import coffer.fleet.Systems;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.ui.Addresses;
import coffer.ui.Ids;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One system: which of its tabs is open, and which of its forms. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class SystemPage {

    private static final List<String> TABS = List.of("overview", "backups", "inventory", "history");

    /** Deeds that need a form, or a word beforehand. */
    private static final List<String> FORMS =
            List.of("update", "reassign", "regenerate-secret", "reissue", "hold", "destroy");

    private static final Pattern IN_ADDRESS = Pattern.compile("[?&]id=([0-9a-fA-F-]{36})");

    private final Visit visit;
    private final Systems systems;
    private final OrganizationChoice organizations;
    private @Nullable SystemView system;

    @Inject
    SystemPage(Visit visit, Systems systems, OrganizationChoice organizations) {
        this.visit = visit;
        this.systems = systems;
        this.organizations = organizations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemPage() {
        this(null, null, null);
    }

    /** One of the tabs. */
    public record Part(String name, String address, boolean open) {}

    /** The system that the address names. */
    public SystemView getSystem() {
        if (system == null) {
            system = systems.find(visit.caller(Permission.SYSTEMS_READ), Ids.of(id()));
        }
        return system;
    }

    /** A form of the frame knows only where the page is. */
    private @Nullable String id() {
        var id = visit.parameter("id");
        var back = Objects.requireNonNullElse(visit.parameter("back"), "");
        var there = IN_ADDRESS.matcher(back);
        return id == null && there.find() ? there.group(1) : id;
    }

    /** True when the caller sees its backups. */
    public boolean isListsBackups() {
        return getSystem().actions().contains("list-backups");
    }

    /** The one that is open. */
    public String getTab() {
        var wanted = visit.parameter("tab");
        return shown().filter(tab -> tab.equals(wanted)).findFirst().orElse("overview");
    }

    /** Those that this caller sees. */
    public List<Part> getTabs() {
        var open = getTab();
        return shown().map(tab -> new Part(tab, address(tab).toString(), tab.equals(open)))
                .toList();
    }

    /** Of a tab. */
    public Addresses address(String tab) {
        return Addresses.of(Addresses.SYSTEM)
                .with("id", getSystem().id())
                .with("tab", tab.equals("overview") ? null : tab);
    }

    private Stream<String> shown() {
        return TABS.stream().filter(tab -> !tab.equals("backups") || isListsBackups());
    }

    /** The form that is open, or nothing. */
    public String getDoing() {
        var wanted = Objects.requireNonNullElse(visit.parameter("do"), "");
        return FORMS.contains(wanted) && getSystem().actions().contains(wanted) ? wanted : "";
    }

    /** What this caller may do that needs a form first. */
    public List<String> getForms() {
        return FORMS.stream().filter(getSystem().actions()::contains).toList();
    }

    /** Opens a form. */
    public String opening(String form) {
        return Addresses.of(Addresses.SYSTEM)
                .with("id", getSystem().id())
                .with("do", form)
                .toString();
    }

    /** Where it may go. */
    public OrganizationChoice.Choice getChoice() {
        return organizations.choice(visit.caller(Permission.SYSTEMS_MANAGE));
    }

    /** A cadence as people say it. */
    public long hours(long seconds) {
        return Math.max(1, seconds / 3600);
    }

    /** Other systems of its organization. */
    public String getNeighbours() {
        return Addresses.of(Addresses.SYSTEMS)
                .with("organization", getSystem().organization().id())
                .toString();
    }
}
