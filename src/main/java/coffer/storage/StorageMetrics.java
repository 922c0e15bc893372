package coffer.storage;

import coffer.platform.Schema;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * {@code coffer_storage_probe_ok{destination, capability}}: 1 where the store was seen to do it;
 * {@code coffer_storage_up{destination}}: 1 while it answers and takes our key.
 */
@ApplicationScoped
class StorageMetrics {

    private final Destinations destinations;
    private final MetricRegistry registry;

    @Inject
    StorageMetrics(Destinations destinations, MetricRegistry registry) {
        this.destinations = destinations;
        this.registry = registry;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageMetrics() {
        this(null, null);
    }

    void start(@Observes Schema.Ready ready) {
        destinations.each().forEach(this::register);
    }

    private void register(Destination destination) {
        var name = new Tag("destination", destination.store().name());
        registry.gauge(
                named("coffer_storage_up", "1 while the object store answers and takes our key"),
                destination,
                d -> d.presence().state() == Destination.State.UP ? 1 : 0,
                name);
        for (var capability : Capability.values()) {
            registry.gauge(
                    named("coffer_storage_probe_ok", "1 where the object store was seen to do it"),
                    destination,
                    d -> d.capabilities().has(capability) ? 1 : 0,
                    name,
                    new Tag("capability", capability.word()));
        }
    }

    private static Metadata named(String name, String description) {
        return Metadata.builder().withName(name).withDescription(description).build();
    }
}
