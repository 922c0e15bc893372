package coffer.launch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One running Coffer for black-box tests: an instance on the shared parts, a proxy that can
 * misbehave before each part, and one node. {@link #shared()} serves all tests that leave it
 * running as they found it; a test that kills the node opens a site of its own.
 */
public final class TestSite implements AutoCloseable {

    /**
     * Generous limits, so that tests meet those they mean to: jobs every other second, no limit of
     * a rate to speak of.
     */
    private static final Map<String, String> QUICK =
            Map.of(
                    "coffer.job.pending-sweep.schedule", "*/2 * * * * *",
                    "coffer.job.object-reaper.schedule", "*/2 * * * * *",
                    "coffer.job.gdpr-purge.schedule", "*/2 * * * * *",
                    "coffer.fleet.review", "2s",
                    "coffer.intake.sweep-grace", "1s",
                    "coffer.intake.rate-per-minute", "5000",
                    "coffer.intake.rate-per-hour", "100000",
                    "coffer.sign-in.rate-per-minute", "100000",
                    "coffer.sign-in.rate-per-hour", "1000000");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Instance instance;
    private final FaultProxy store;
    private final CutProxy redis;
    private final CutProxy postgresql;
    private final Node node;
    private final UUID owner;

    private TestSite(String name, Map<String, String> settings) {
        try {
            var parts = Parts.shared();
            instance = parts.instance(name);
            store = FaultProxy.before(parts.store().endpoint());
            redis = CutProxy.before(parts.redis().port());
            postgresql = CutProxy.before(parts.postgresql().port());
            var all = new LinkedHashMap<>(QUICK);
            all.put("coffer.destination.primary.endpoint", store.address().toString());
            all.put("coffer.redis.url", moved(instance.redis(), redis.port()).toString());
            all.put(
                    "coffer.database.url",
                    instance.databaseUrl()
                            .replace(
                                    ":" + parts.postgresql().port() + "/",
                                    ":" + postgresql.port() + "/"));
            all.putAll(settings);
            all.values().removeIf(String::isEmpty);
            node = Node.on(instance, name).with(all).startAndAwait();
            try (var connection = instance.connect()) {
                owner = seed(connection).owner("Owner of " + name);
            }
            // So that no call of the probe is counted as one of a test.
            Wait.until(
                    "the store has been probed",
                    Duration.ofSeconds(60),
                    () -> number("select count(*) from destination_capability") > 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The one that all tests of this JVM share; it ends with it. */
    public static TestSite shared() {
        return Shared.SITE;
    }

    /** A site of one's own, with further settings; an empty one leaves the product's default. */
    public static TestSite open(String name, Map<String, String> settings) {
        return new TestSite(name, settings);
    }

    /** Its database, bucket and Redis database. */
    public Instance instance() {
        return instance;
    }

    /** Its node. */
    public Node node() {
        return node;
    }

    /** The store as the node sees it. */
    public FaultProxy store() {
        return store;
    }

    /** Redis as the node sees it. */
    public CutProxy redis() {
        return redis;
    }

    /** PostgreSQL as the node sees it. */
    public CutProxy postgresql() {
        return postgresql;
    }

    /** A new customer below the owner. */
    public UUID customer() {
        return withSeed(seed ->
                seed.organization("customer", owner, "customer " + NUMBER.incrementAndGet()));
    }

    /** A new customer whose live and reserved bytes may not pass {@code quotaBytes}. */
    public UUID customer(long quotaBytes) {
        var id = customer();
        sql("update organization set quota_bytes = " + quotaBytes + " where id = '" + id + "'");
        sql(
                "insert into organization_usage (organization_id, tree_counted) values ('"
                        + id
                        + "', true)");
        return id;
    }

    /** A new registered system of a new customer. */
    public Seed.Firewall system() {
        return system(customer());
    }

    /** A new registered system of {@code organization}. */
    public Seed.Firewall system(UUID organization) {
        return withSeed(seed -> seed.appliance(organization, true));
    }

    /** A system that nobody has registered yet. */
    public Seed.Firewall unregistered() {
        var organization = customer();
        return withSeed(seed -> seed.appliance(organization, false));
    }

    /** Maps a pair of the old platform to a system. */
    public void legacyPair(Seed.Firewall system, String legacyId, String legacySecret) {
        withSeed(seed -> {
            seed.legacyPair(system.id(), legacyId, legacySecret);
            return system;
        });
    }

    /** The one text that a query yields, or null. */
    public @Nullable String text(String query) {
        try (var connection = instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** A client of the node that is {@code system}. */
    public ApplianceClient client(Seed.Firewall system) {
        return ApplianceClient.of(node.uri(), system);
    }

    /** A client that is a new system. */
    public ApplianceClient client() {
        return client(system());
    }

    /** Runs a statement as the database's superuser. */
    public void sql(String statement) {
        try (var connection = instance.connect();
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The one number that a query yields. */
    public long number(String query) {
        try (var connection = instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** Moves the installation's time on; leases end and days pass. */
    public void advance(Duration by) {
        sql(
                "update installation set clock_offset = clock_offset + interval '"
                        + by.toSeconds()
                        + " seconds'");
    }

    /** So that no day ends while a test counts days. */
    public void passMidnight() {
        try {
            instance.passMidnight();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The catalogue and the store agree, now. */
    public void check() {
        CatalogueInvariants.check(instance);
    }

    /** They agree, and nothing is left to do. */
    public void checkSettled() {
        CatalogueInvariants.checkSettled(instance, Duration.ofSeconds(150));
    }

    @Override
    public void close() {
        try (node;
                store;
                redis;
                postgresql) {
            store.pass();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private interface Work<T> {
        T with(Seed seed) throws SQLException;
    }

    private <T> T withSeed(Work<T> work) {
        try (var connection = instance.connect()) {
            return work.with(seed(connection));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Seed seed(Connection connection) {
        return new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
    }

    private static URI moved(URI address, int port) {
        return URI.create(
                address.getScheme() + "://" + address.getHost() + ":" + port + address.getPath());
    }

    private static final class Shared {

        static final TestSite SITE = open();

        private static TestSite open() {
            var site = TestSite.open("site", Map.of());
            site.passMidnight();
            Runtime.getRuntime().addShutdownHook(new Thread(site::close, "stop shared site"));
            return site;
        }
    }
}
