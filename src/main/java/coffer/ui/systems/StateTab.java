package coffer.ui.systems;

import coffer.fleet.FleetStates;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.ui.Visit;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** How a system stands: its signs of life and its open alerts, each with its age. */
@Named
@RequestScoped
@Permitted(Permission.SYSTEMS_READ)
public class StateTab {

    private final Visit visit;
    private final SystemPage page;
    private final FleetStates states;
    private @Nullable List<FleetStates.OpenAlert> alerts;

    @Inject
    StateTab(Visit visit, SystemPage page, FleetStates states) {
        this.visit = visit;
        this.page = page;
        this.states = states;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StateTab() {
        this(null, null, null);
    }

    /** Open ones, the worst and oldest first. */
    public List<FleetStates.OpenAlert> getAlerts() {
        if (alerts == null) {
            visit.caller(Permission.SYSTEMS_READ);
            alerts = states.alerts(page.getSystem());
        }
        return alerts;
    }

    /** The worst and oldest, or null. */
    public FleetStates.@Nullable OpenAlert getWorst() {
        return getAlerts().isEmpty() ? null : getAlerts().getFirst();
    }
}
