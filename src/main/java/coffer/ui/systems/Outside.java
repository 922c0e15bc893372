package coffer.ui.systems;

import coffer.erasure.Purges;
import coffer.id.Caller;
import coffer.platform.web.HttpSettings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.UUID;

/** Where appliances reach this server, and how a system is erased by law. */
@ApplicationScoped
class Outside {

    private final HttpSettings http;
    private final Purges purges;

    @Inject
    Outside(HttpSettings http, Purges purges) {
        this.http = http;
        this.purges = purges;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Outside() {
        this(null, null);
    }

    String address() {
        return http.publicUrl().toString();
    }

    /** Has it erased for good; returns the erasure. */
    UUID destroy(Caller.Person caller, UUID system) {
        var purge = purges.destroySystem(caller, system);
        purges.begin(caller, purge.id());
        return purge.id();
    }
}
