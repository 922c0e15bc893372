package coffer.fleet;

import coffer.id.Caller;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How a subtree stands as a whole: how many systems are in each state, and what is wrong now. */
@ApplicationScoped
public class FleetStates {

    /**
     * An alert of a system that is open.
     *
     * @param severity {@code critical}, {@code warning} or {@code info}
     */
    public record OpenAlert(
            String code, String severity, Instant openedAt, UUID systemId, String systemName) {}

    private final FleetStateLedger ledger;
    private final SystemListLedger organizations;
    private final Clock clock;

    @Inject
    FleetStates(FleetStateLedger ledger, SystemListLedger organizations, Clock clock) {
        this.ledger = ledger;
        this.organizations = organizations;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected FleetStates() {
        this(null, null, null);
    }

    /**
     * Systems that are not deleted, by the state of their backups; a state without any is absent.
     */
    @Transactional
    public Map<String, Long> counts(Caller.Person caller) {
        return ledger.counts(path(caller), clock.instant().atOffset(ZoneOffset.UTC));
    }

    /** The worst and oldest of the open alerts of systems. */
    @Transactional
    public List<OpenAlert> alerts(Caller.Person caller, int most) {
        return ledger.alerts(path(caller), most);
    }

    /** The open alerts of one system, the worst and oldest first. */
    @Transactional
    public List<OpenAlert> alerts(SystemView seen) {
        return ledger.alertsOf(seen.id(), seen.name());
    }

    private String path(Caller.Person caller) {
        return organizations.path(caller.organizationId()).orElse("/-/");
    }
}
