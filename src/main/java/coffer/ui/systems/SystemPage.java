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

/** One system: what it is, and how old each of its signs of life is. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class SystemPage {

    private final Visit visit;
    private final Systems systems;
    private @Nullable SystemView system;

    @Inject
    SystemPage(Visit visit, Systems systems) {
        this.visit = visit;
        this.systems = systems;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemPage() {
        this(null, null);
    }

    /** The system that the address names. */
    public SystemView getSystem() {
        if (system == null) {
            system =
                    systems.find(
                            visit.caller(Permission.SYSTEMS_READ), Ids.of(visit.parameter("id")));
        }
        return system;
    }

    /** True when the caller sees its backups. */
    public boolean isListsBackups() {
        return getSystem().actions().contains("list-backups");
    }

    /** Other systems of its organization. */
    public String getNeighbours() {
        return Addresses.of(Addresses.SYSTEMS)
                .with("organization", getSystem().organization().id())
                .toString();
    }
}
