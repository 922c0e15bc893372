package coffer.storage;

import coffer.platform.Executors;
import coffer.platform.Installation;
import coffer.platform.Log;
import coffer.platform.Schema;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import software.amazon.awssdk.core.exception.SdkException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks again and again, in the background, whether each store is there; when one comes (back), or
 * a day has passed, what it can do is found out anew. Nothing waits for it: a store that is away
 * when the server starts stops nothing, and its return needs no restart.
 */
@ApplicationScoped
public class StorageWatch {

    private static final Duration TRUSTED = Duration.ofDays(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    private final Destinations destinations;
    private final StorageLedger ledger;
    private final Installation installation;
    private final Executors executors;
    private final StorageSettings settings;
    private final Clock clock;
    private final Map<String, Destination.State> before = new ConcurrentHashMap<>();
    private final Map<String, Instant> notBefore = new ConcurrentHashMap<>();
    private final Map<String, Capabilities> unrecorded = new ConcurrentHashMap<>();

    @Inject
    StorageWatch(
            Destinations destinations,
            StorageLedger ledger,
            Installation installation,
            Executors executors,
            StorageSettings settings,
            Clock clock) {
        this.destinations = destinations;
        this.ledger = ledger;
        this.installation = installation;
        this.executors = executors;
        this.settings = settings;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageWatch() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        for (var destination : destinations.each()) {
            executors.every(
                    settings.watch(),
                    "storage.watch." + destination.store().name(),
                    () -> look(destination));
        }
    }

    private void look(Destination destination) {
        var name = destination.store().name();
        var was = before.getOrDefault(name, Destination.State.UNKNOWN);
        var is = destination.check();
        before.put(name, is.state());
        if (is.state() != was) {
            report(name, is);
        }
        if (is.state() == Destination.State.UP && (is.state() != was || due(destination))) {
            learn(destination);
        }
        record(name);
    }

    /** A database that is away now is asked again at the next look. */
    private void record(String name) {
        var seen = unrecorded.get(name);
        if (seen != null) {
            ledger.record(name, seen);
            unrecorded.remove(name, seen);
        }
    }

    private boolean due(Destination destination) {
        var probedAt = destination.capabilities().probedAt();
        return (probedAt == null || probedAt.plus(TRUSTED).isBefore(clock.instant()))
                && !notBefore
                        .getOrDefault(destination.store().name(), Instant.MIN)
                        .isAfter(clock.instant());
    }

    private void learn(Destination destination) {
        var name = destination.store().name();
        notBefore.put(name, clock.instant().plus(AFTER_FAILURE));
        if (CapabilityProbe.possible(destination)) {
            try {
                unrecorded.put(name, CapabilityProbe.run(destination, installation.id(), clock));
                return;
            } catch (SdkException thrown) {
                Log.warn("storage.probe_failed", "destination", name, "fault", Fault.of(thrown));
            }
        }
        ledger.recorded(name).ifPresent(destination::learn);
    }

    private static void report(String name, Destination.Presence is) {
        if (is.state() == Destination.State.UP) {
            Log.info("storage.found", "destination", name);
        } else {
            Log.warn("storage.lost", "destination", name, "state", is.state(), "cause", is.cause());
        }
    }
}
