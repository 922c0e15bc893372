package coffer.launch;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * PostgreSQL, Redis and an S3 store, all real. A test takes {@link #shared()} and makes itself an
 * {@link Instance} on them; a test that stops or kills a part starts parts of its own.
 */
public final class Parts implements AutoCloseable {

    /** Where parts listen. */
    public record Addresses(int postgresql, int redis, int store) {

        /** Ports that nobody uses. */
        public static Addresses free() {
            return new Addresses(Ports.free(), Ports.free(), Ports.free());
        }
    }

    private static final List<Logger> TALKATIVE =
            Stream.of("org.gaul", "io.zonky").map(Logger::getLogger).toList();
    private static final Logger HANDLER = Logger.getLogger("org.gaul.s3proxy.S3ProxyHandler");
    private static final AtomicInteger NEXT_FOLDER = new AtomicInteger();
    private static final AtomicInteger NEXT_REDIS_DATABASE = new AtomicInteger();

    private final PostgresPart postgresql;
    private final RedisPart redis;
    private final StorePart store;

    private Parts(Path folder, Addresses addresses) {
        TALKATIVE.forEach(logger -> logger.setLevel(Level.WARNING));
        // The probe asks for an object lock, which this store has never heard of; that is the
        // answer.
        HANDLER.setFilter(line -> !line.getMessage().contains("Unknown parameters object-lock"));
        var software = Checkout.root().resolve(".coffer/software");
        this.postgresql =
                new PostgresPart(folder.resolve("postgresql"), software, addresses.postgresql());
        this.redis = new RedisPart(folder.resolve("redis"), software, addresses.redis());
        this.store = new StorePart(folder.resolve("store"), addresses.store());
    }

    /** The parts that all tests of this JVM share; they end with it. */
    public static Parts shared() {
        return Shared.PARTS;
    }

    /** Parts of one's own, in a new folder, on free ports. */
    public static Parts start() {
        var folder =
                Checkout.scratch()
                        .resolve(
                                "parts-"
                                        + ProcessHandle.current().pid()
                                        + "-"
                                        + NEXT_FOLDER.incrementAndGet());
        var parts = at(folder, Addresses.free());
        parts.startAll();
        return parts;
    }

    /**
     * Parts whose data is in {@code folder}, not started yet; what a killed run left in it is
     * ended.
     */
    static Parts at(Path folder, Addresses addresses) {
        var parts = new Parts(folder, addresses);
        parts.postgresql.endLeftover();
        parts.redis.endLeftover();
        return parts;
    }

    void startAll() {
        try {
            store.start();
            redis.start();
            postgresql.start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /**
     * A new database, bucket and Redis database of that name; the name is lower-case letters,
     * digits and dashes.
     */
    public Instance instance(String name) {
        return instance(name, NEXT_REDIS_DATABASE.incrementAndGet());
    }

    Instance instance(String name, int redisDatabase) {
        var database = name.replace('-', '_');
        postgresql.createDatabase(database);
        store.createBucket("coffer-" + name);
        return new Instance(this, name, database, "coffer-" + name, redis.uri(redisDatabase));
    }

    /** The database server. */
    public PostgresPart postgresql() {
        return postgresql;
    }

    /** The Redis server. */
    public RedisPart redis() {
        return redis;
    }

    /** The object store. */
    public StorePart store() {
        return store;
    }

    /** Stops all three. */
    @Override
    public void close() {
        try {
            store.stop();
        } finally {
            try {
                redis.stop();
            } finally {
                postgresql.stop();
            }
        }
    }

    private static final class Shared {

        static final Parts PARTS = open();

        private static Parts open() {
            var parts = start();
            Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "stop shared parts"));
            return parts;
        }
    }
}
