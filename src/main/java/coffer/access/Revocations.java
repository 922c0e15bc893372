package coffer.access;

import coffer.id.Caller;
import coffer.organization.OrganizationChanged;
import coffer.platform.Bus;
import coffer.platform.BusMessage;
import coffer.platform.BusRejoined;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

import java.util.UUID;

/**
 * Carries changes of credentials from the transaction that made them to the memory of every node.
 * Only after the commit: before it, a node that forgot would read the old state and keep it.
 */
@ApplicationScoped
class Revocations {

    private final CallerCache<Caller.Appliance> cache;
    private final Bus bus;

    @Inject
    Revocations(CallerCache<Caller.Appliance> cache, Bus bus) {
        this.cache = cache;
        this.bus = bus;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Revocations() {
        this(null, null);
    }

    void organization(
            @Observes(during = TransactionPhase.AFTER_SUCCESS) OrganizationChanged change) {
        publish(CredentialsChanged.ofOrganization(change.id()));
    }

    void credentials(@Observes(during = TransactionPhase.AFTER_SUCCESS) CredentialsChanged change) {
        publish(change);
    }

    void heard(@Observes BusMessage message) {
        if (!message.topic().equals(CredentialsChanged.TOPIC)) {
            return;
        }
        var text = message.text();
        var id = UUID.fromString(text.substring(text.indexOf(':') + 1));
        if (text.startsWith(CredentialsChanged.SYSTEM)) {
            cache.dropIf(caller -> caller.systemId().equals(id));
        } else {
            cache.dropIf(caller -> caller.organizationPath().contains(id));
        }
    }

    void rejoined(@Observes BusRejoined gap) {
        cache.dropAll();
    }

    private void publish(CredentialsChanged change) {
        bus.publish(CredentialsChanged.TOPIC, change.kind() + ":" + change.id());
    }
}
