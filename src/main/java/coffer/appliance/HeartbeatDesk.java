package coffer.appliance;

import coffer.id.Caller;
import coffer.organization.Organizations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes signs of life, and tells a system what is known of it. */
@ApplicationScoped
public class HeartbeatDesk {

    private final ApplianceLedger ledger;
    private final Organizations organizations;
    private final SystemKeys keys;

    @Inject
    HeartbeatDesk(ApplianceLedger ledger, Organizations organizations, SystemKeys keys) {
        this.ledger = ledger;
        this.organizations = organizations;
        this.keys = keys;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected HeartbeatDesk() {
        this(null, null, null);
    }

    /** Writes it down; no state changes, so there is no audit entry. */
    @Transactional
    public Instant beat(Caller.Appliance caller) {
        return ledger.beat(caller.systemId());
    }

    /** Empty only if the system was destroyed meanwhile. */
    @Transactional
    Optional<SystemInfo> info(Caller.Appliance caller) {
        var own = organizations.along(List.of(caller.organizationId()));
        return ledger.find(caller.systemId())
                .filter(any -> !own.isEmpty())
                .map(Appliance::row)
                .map(row ->
                        SystemInfo.of(
                                row,
                                ledger.lastBeat(row.id()).orElse(null),
                                own.getFirst(),
                                keys.now().minus(keys.activeWithin())));
    }
}
