package coffer.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Each destination as whoever runs the installation sees it, from this node. Without keys. */
@ApplicationScoped
public class StorageReport {

    /**
     * A destination.
     *
     * @param state {@code up}, {@code away}, {@code refusing} or {@code unknown}
     * @param cause why it is not up; empty where it is
     * @param space what the catalogue has there
     */
    public record Line(
            String name,
            boolean primary,
            String endpoint,
            String region,
            String bucket,
            String state,
            String cause,
            Capabilities capabilities,
            Space space) {

        /** Each capability that a store may have, and whether this one was seen to have it. */
        public List<Trait> traits() {
            return Arrays.stream(Capability.values())
                    .map(one -> new Trait(one.word(), capabilities.has(one)))
                    .toList();
        }
    }

    /** A capability. */
    public record Trait(String word, boolean present) {}

    /**
     * What the catalogue has in a destination.
     *
     * @param unhealthy copies that are damaged or missing
     */
    public record Space(long copies, long bytes, long unhealthy) {

        static final Space NONE = new Space(0, 0, 0);
    }

    private final Destinations destinations;
    private final StorageSpace space;

    @Inject
    StorageReport(Destinations destinations, StorageSpace space) {
        this.destinations = destinations;
        this.space = space;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageReport() {
        this(null, null);
    }

    /** All of them, by name. */
    public List<Line> lines() {
        var used = space.used();
        return destinations.each().stream().map(one -> line(one, used)).toList();
    }

    private Line line(Destination one, Map<String, Space> used) {
        var store = one.store();
        var presence = one.presence();
        return new Line(
                store.name(),
                store.name().equals(destinations.primary()),
                store.endpoint().map(URI::toString).orElse("AWS S3"),
                store.region(),
                store.bucket(),
                presence.state().name().toLowerCase(Locale.ROOT),
                presence.cause(),
                one.capabilities(),
                used.getOrDefault(store.name(), Space.NONE));
    }
}
