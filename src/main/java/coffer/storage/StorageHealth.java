package coffer.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.util.Locale;

/**
 * Says of each destination whether it is {@code up}, {@code away}, {@code refusing} or {@code
 * unknown}. It never takes a node out of service: without its store a node still lists and
 * registers, and answers uploads with a 503 that tells when to come back, which a balancer without
 * nodes cannot. Alarms hang on {@code coffer_storage_up}.
 */
@Readiness
@ApplicationScoped
public class StorageHealth implements HealthCheck {

    private final Destinations destinations;

    @Inject
    StorageHealth(Destinations destinations) {
        this.destinations = destinations;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageHealth() {
        this(null);
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("storage").up();
        for (var destination : destinations.each()) {
            var name = destination.store().name();
            var presence = destination.presence();
            answer.withData(name, presence.state().name().toLowerCase(Locale.ROOT));
            if (!presence.cause().isEmpty()) {
                answer.withData(name + ".cause", presence.cause());
            }
        }
        return answer.build();
    }
}
