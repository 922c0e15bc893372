package coffer.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** {@code coffer_auth_total{result}}: the registry appends the {@code _total}. */
@ApplicationScoped
class AccessMetrics {

    private final Counter granted;
    private final Counter refused;
    private final Counter unavailable;

    @Inject
    AccessMetrics(MetricRegistry registry) {
        this(
                counter(registry, "granted"),
                counter(registry, "refused"),
                counter(registry, "unavailable"));
    }

    AccessMetrics(Counter granted, Counter refused, Counter unavailable) {
        this.granted = granted;
        this.refused = refused;
        this.unavailable = unavailable;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AccessMetrics() {
        this(null, null, null);
    }

    void count(Authentication result) {
        switch (result) {
            case Authentication.Granted any -> granted.inc();
            case Authentication.Refused any -> refused.inc();
            case Authentication.Unavailable any -> unavailable.inc();
        }
    }

    private static Counter counter(MetricRegistry registry, String result) {
        return registry.counter(
                Metadata.builder()
                        .withName("coffer_auth")
                        .withDescription("Appliance authentications by result")
                        .build(),
                new Tag("result", result));
    }
}
