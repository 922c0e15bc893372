package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Says whether Redis is there. Never takes a node out of service: nothing depends on Redis. */
@Readiness
@ApplicationScoped
public class RedisHealth implements HealthCheck {

    private final Redis redis;
    private final Bus bus;

    @Inject
    RedisHealth(Redis redis, Bus bus) {
        this.redis = redis;
        this.bus = bus;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RedisHealth() {
        this(null, null);
    }

    @Override
    public HealthCheckResponse call() {
        var state = !redis.configured() ? "not configured" : redis.available() ? "there" : "away";
        return HealthCheckResponse.named("redis")
                .withData("state", state)
                .withData("bus_hears", bus.hears())
                .up()
                .build();
    }
}
