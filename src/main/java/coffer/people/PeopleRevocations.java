package coffer.people;

import coffer.access.CallerCache;
import coffer.access.CredentialsChanged;
import coffer.id.Caller;
import coffer.platform.Bus;
import coffer.platform.BusMessage;
import coffer.platform.BusRejoined;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

import java.util.UUID;

/**
 * Carries changes of accounts from the transaction that made them to the memory of every node, only
 * after the commit. Changes of organizations travel under the topic of credentials already.
 */
@ApplicationScoped
class PeopleRevocations {

    private static final String TOPIC = "people";

    private final CallerCache<Caller.Person> cache;
    private final Bus bus;

    @Inject
    PeopleRevocations(CallerCache<Caller.Person> cache, Bus bus) {
        this.cache = cache;
        this.bus = bus;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PeopleRevocations() {
        this(null, null);
    }

    void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) PeopleChanged change) {
        bus.publish(TOPIC, change.accountId().toString());
    }

    void heard(@Observes BusMessage message) {
        if (message.topic().equals(TOPIC)) {
            var account = UUID.fromString(message.text());
            cache.dropIf(person -> person.userId().equals(account));
        }
        CredentialsChanged.organizationIn(message)
                .ifPresent(id -> cache.dropIf(person -> person.organizationPath().contains(id)));
    }

    void rejoined(@Observes BusRejoined gap) {
        cache.dropAll();
    }
}
