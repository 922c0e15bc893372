package coffer.storage;

import coffer.platform.Installation;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The object stores by name. Handing out a writer, reader or eraser that this node's roles do not
 * allow is a broken promise of the caller: {@link IllegalStateException}.
 */
@ApplicationScoped
public class Destinations implements AutoCloseable {

    private final Map<String, Destination> all = new TreeMap<>();
    private final String primary;

    @Inject
    Destinations(StorageSettings settings, Installation installation) {
        this(settings, installation::id);
    }

    Destinations(StorageSettings settings, Supplier<String> installation) {
        this.primary = settings.primary();
        settings.destinations()
                .values()
                .forEach(store ->
                        all.put(store.name(), new Destination(settings, store, installation)));
    }

    /** For the client proxy. */
    protected Destinations() {
        this.primary = "";
    }

    /** Without a container: tests, and the benchmark's writer in a JVM of its own. */
    public static Destinations open(StorageSettings settings, String installation) {
        return new Destinations(settings, () -> installation);
    }

    /** Where an upload goes first; 201 needs it. */
    public String primary() {
        return primary;
    }

    /** All names, sorted. */
    public Set<String> names() {
        return Set.copyOf(all.keySet());
    }

    /** The writer; only where the node has the role {@code ingest}. */
    public ObjectWriter writer(String name) {
        return need(destination(name).writer(), "ingest");
    }

    /** The reader; only where the node has the role {@code read}. */
    public ObjectReader reader(String name) {
        return need(destination(name).reader(), "read");
    }

    /** The eraser; only where the node has the role {@code erase}. */
    public ObjectEraser eraser(String name) {
        return need(destination(name).eraser(), "erase");
    }

    /** What the destination was seen to do. */
    public Capabilities capabilities(String name) {
        return destination(name).capabilities();
    }

    /** False from the first call that found nobody until the next that is answered. */
    public boolean reachable(String name) {
        return destination(name).presence().state() != Destination.State.AWAY;
    }

    /** Ends all connections. */
    @Override
    @PreDestroy
    public void close() {
        all.values().forEach(Destination::close);
    }

    Collection<Destination> each() {
        return all.values();
    }

    Destination destination(String name) {
        var found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no destination " + name);
        }
        return found;
    }

    private static <T> T need(Optional<T> part, String role) {
        return part.orElseThrow(
                () -> new IllegalStateException("this node has not the role " + role));
    }
}
