package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

/**
 * The database in MicroProfile Health. Started: the catalogue is there. Ready: the database answers
 * within two seconds. Live: always, for a restart of this server heals no database.
 */
@ApplicationScoped
public class DatabaseHealth {

    private static final int SECONDS = 2;
    private final Schema schema;
    private final Executors executors;

    @Inject
    DatabaseHealth(Schema schema, Executors executors) {
        this.schema = schema;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected DatabaseHealth() {
        this(null, null);
    }

    @Produces
    @Startup
    @ApplicationScoped
    HealthCheck started() {
        return () -> HealthCheckResponse.named("catalogue").status(schema.ready()).build();
    }

    @Produces
    @Readiness
    @ApplicationScoped
    HealthCheck ready() {
        return () ->
                HealthCheckResponse.named("database").status(schema.ready() && answers()).build();
    }

    @Produces
    @Liveness
    @ApplicationScoped
    HealthCheck live() {
        return () -> HealthCheckResponse.up("server");
    }

    /** On a thread of its own, because a pool with no connection to give would outwait us. */
    private boolean answers() {
        return executors
                .supply(DatabaseHealth::ask)
                .completeOnTimeout(false, SECONDS, TimeUnit.SECONDS)
                .exceptionally(away -> false)
                .join();
    }

    private static boolean ask() throws Exception {
        var source = Container.find("jdbc/coffer", DataSource.class);
        try (var connection = source.getConnection()) {
            return connection.isValid(SECONDS);
        }
    }
}
