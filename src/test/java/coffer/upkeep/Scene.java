package coffer.upkeep;

import static coffer.launch.Bodies.bytes;

import coffer.launch.ApplianceClient;
import coffer.launch.CatalogueInvariants;
import coffer.launch.CutProxy;
import coffer.launch.FaultProxy;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Seed;
import coffer.launch.Wait;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** An instance with backups and with damage, nodes that may die, and a store that may stall. */
final class Scene implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(240);

    private final Instance instance;
    private final FaultProxy store;
    private final CutProxy database;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, String> settings;
    private UUID owner;

    private Scene(
            Instance instance, FaultProxy store, CutProxy database, Map<String, String> settings) {
        this.instance = instance;
        this.store = store;
        this.database = database;
        this.settings = settings;
    }

    static Scene open(String name, Map<String, String> settings) {
        try {
            var parts = Parts.shared();
            return new Scene(
                    parts.instance(name),
                    FaultProxy.before(parts.store().endpoint()),
                    CutProxy.before(parts.postgresql().port()),
                    settings);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Instance instance() {
        return instance;
    }

    FaultProxy store() {
        return store;
    }

    /** What lies between the nodes and the database. */
    CutProxy database() {
        return database;
    }

    /** Another node, ready. */
    Node node() {
        var node =
                Node.on(instance, "n" + (nodes.size() + 1))
                        .with("coffer.destination.primary.endpoint", store.address().toString())
                        .with(
                                "coffer.database.url",
                                instance.databaseUrl()
                                        .replace(
                                                ":" + instance.parts().postgresql().port() + "/",
                                                ":" + database.port() + "/"))
                        .with("coffer.job.silence", "5s")
                        .with("coffer.job.pending-sweep.schedule", "off")
                        .with("coffer.job.object-reaper.schedule", "off")
                        .with("coffer.job.integrity-scrub.schedule", "off")
                        .with("coffer.job.catalogue-reconcile.schedule", "off")
                        .with("coffer.job.retention-audit.schedule", "off")
                        .with("coffer.job.gdpr-purge.schedule", "off")
                        .with("coffer.intake.rate-per-minute", "5000")
                        .with("coffer.intake.rate-per-hour", "100000")
                        .with(settings);
        nodes.add(node);
        return node.startAndAwait();
    }

    UUID owner() throws SQLException {
        if (owner == null) {
            try (var connection = instance.connect()) {
                owner = seed(connection).owner("Owner");
            }
        }
        return owner;
    }

    Seed.Firewall system() throws SQLException {
        var organization = owner();
        try (var connection = instance.connect()) {
            return seed(connection).appliance(organization, true);
        }
    }

    private Seed seed(java.sql.Connection connection) {
        return new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
    }

    /** Uploads so many backups of {@code sizeBytes} each; no two are alike. */
    void upload(Node node, Seed.Firewall system, int count, int sizeBytes) {
        var client = ApplianceClient.of(node.uri(), system);
        for (var i = 0; i < count; i++) {
            var body = bytes(sizeBytes, system.id().hashCode() + i);
            Arrays.fill(
                    body, 0, 8, (byte) 0); // of one kind, whatever chance would have made of them
            var name = "backup" + i + ".bin";
            // A store that was away is found again within a few seconds.
            Wait.until(
                    "backup is stored", PATIENCE, () -> client.upload(body, name).status() == 201);
        }
    }

    /** Asks for a run, as the desk would for a person. */
    UUID ask(String job, String parameters) throws SQLException {
        var id = UUID.randomUUID();
        sql(
                """
                insert into job_run (id, job, not_before, requested_at, requested_by, parameters, exclusive_key, state)
                values ('%s', '%s', coffer_now(), coffer_now(), 'test', '%s', '%s', 'waiting')
                """
                        .formatted(id, job, parameters, job));
        return id;
    }

    boolean ended(UUID run) {
        return List.of("completed", "failed", "stopped")
                .contains(text("select state from job_run where id = '" + run + "'"));
    }

    List<String> unended(String job) {
        var all =
                text(
                        "select coalesce(string_agg(cast(id as text), ','), '') from job_run where job ="
                                + " '"
                                + job
                                + "' and state in ('waiting', 'running', 'stopping')");
        return all.isEmpty() ? List.of() : List.of(all.split(","));
    }

    void awaitCompleted(UUID... runs) {
        for (var run : runs) {
            Wait.until("run has ended: " + run, PATIENCE, () -> ended(run));
            var state =
                    text(
                            "select state || ' ' || exit_status from job_run where id = '"
                                    + run
                                    + "'");
            if (!state.startsWith("completed")) {
                throw new AssertionError(run + " is " + state);
            }
        }
    }

    /** From now on the requests of this operation after the first {@code passing} hang. */
    void stallAfter(Fault fault, Map<String, Integer> passing) {
        var seen = new java.util.concurrent.ConcurrentHashMap<String, AtomicInteger>();
        store.fail(
                fault,
                request -> {
                    var most = passing.get(request.operation());
                    return most != null
                            && seen.computeIfAbsent(request.operation(), any -> new AtomicInteger())
                                            .incrementAndGet()
                                    > most;
                },
                100,
                0);
    }

    void advance(Duration by) {
        // In one transaction: it lived all the while.
        sql(
                """
                update installation set clock_offset = clock_offset + interval '%d seconds';
                update catalogue_life set last_at = coffer_now() where began_at = (select max(began_at) from catalogue_life)
                """
                        .formatted(by.toSeconds()));
    }

    Path file(String key) {
        return CatalogueInvariants.store(instance).resolve(key);
    }

    String installation() {
        return text("select id from installation");
    }

    /** An object whose backup ended here long ago. */
    String knownOrphan(Seed.Firewall system, String like) {
        var id = UUID.randomUUID();
        sql(
                """
                insert into backup (id, subject_kind, subject_id, kind, state, filename, extension, mimetype, size_bytes,
                                    initiated_by, created_at, ended_at)
                values ('%s', 'appliance', '%s', 'configuration', 'ERASED', 'a.bin', '.bin', 'application/octet-stream', 10,
                        'system:x', coffer_now(), coffer_now())
                """
                        .formatted(id, system.id()));
        return object(installation() + "/systems/" + system.id() + "/" + id, like);
    }

    /** Puts an object past the server, with the bytes of another one. */
    String object(String key, String like) {
        try {
            Files.createDirectories(file(key).getParent());
            Files.copy(file(like), file(key), StandardCopyOption.COPY_ATTRIBUTES);
            return key;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Puts an object past the server. */
    void write(String key, String text) {
        try {
            Files.createDirectories(file(key).getParent());
            Files.writeString(file(key), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<String> addresses() throws SQLException {
        var all = new ArrayList<String>();
        try (var connection = instance.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                "select c.address from backup_copy c order by c.created_at,"
                                        + " c.id")) {
            while (rows.next()) {
                all.add(rows.getString(1));
            }
        }
        return all;
    }

    void sql(String statement) {
        try (var connection = instance.connect();
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException wrong) {
            throw new IllegalStateException(statement, wrong);
        }
    }

    long number(String query) {
        return Long.parseLong(text(query));
    }

    String text(String query) {
        try (var connection = instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        } catch (SQLException wrong) {
            throw new IllegalStateException(query, wrong);
        }
    }

    @Override
    public void close() {
        store.pass();
        database.resume();
        nodes.forEach(Node::close);
        try {
            store.close();
            database.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
