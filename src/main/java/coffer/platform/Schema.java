package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The catalogue's schema. Brought up to date in the background at each start, as often as it takes:
 * a database that is down when the server starts only delays it. Until then {@link
 * coffer.platform.Schema#ready} is false and the API answers 503.
 */
@ApplicationScoped
public class Schema {

    /** Fired once, when the catalogue is there; background work begins here and not before. */
    public record Ready() {}

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final CountDownLatch done = new CountDownLatch(1);
    private final SchemaMigration migration;
    private final Executors executors;
    private final Event<Ready> ready;

    @Inject
    Schema(SchemaMigration migration, Executors executors, Event<Ready> ready) {
        this.migration = migration;
        this.executors = executors;
        this.ready = ready;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Schema() {
        this(null, null, null);
    }

    /** True once migrations have run since this node's start. */
    public boolean ready() {
        return done.getCount() == 0;
    }

    /** Waits for {@link #ready}; false when it is not by then. */
    public boolean await(Duration atMost) throws InterruptedException {
        return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    void start(@Observes Startup startup) {
        attempt(SHORTEST_PAUSE);
    }

    private void attempt(Duration pause) {
        executors.once(pause, "schema.migrate", () -> run(pause));
    }

    private void run(Duration pause) {
        try {
            migration.run();
        } catch (Exception thrown) { // Flyway, JNDI and JDBC each have their own.
            report(thrown, pause);
            var longer = pause.multipliedBy(2);
            attempt(longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE);
            return;
        }
        done.countDown();
        Log.info("schema.ready");
        ready.fire(new Ready());
    }

    private static void report(Exception thrown, Duration pause) {
        if (DatabaseAway.causes(thrown)) {
            Log.warn(
                    "schema.delayed",
                    "reason",
                    "the database is away",
                    "retry_ms",
                    pause.toMillis());
        } else {
            Log.error("schema.failed", thrown, "retry_ms", pause.toMillis());
        }
    }
}
