package coffer.job;

import coffer.launch.CutProxy;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Seed;
import coffer.launch.Wait;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Nodes on one database, each with a cable of its own to it; and uploads whose node has died. */
final class JobsScene implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(120);

    private record Member(Node node, CutProxy cable) {}

    private final Instance instance;
    private final List<Member> members = new ArrayList<>();
    private int uploads;

    private JobsScene(Instance instance) {
        this.instance = instance;
    }

    /** All started together, and ready. */
    static JobsScene open(String name, int nodes) throws IOException {
        var scene = new JobsScene(Parts.shared().instance(name));
        for (var i = 0; i < nodes; i++) {
            scene.begin();
        }
        scene.members.forEach(member -> member.node().awaitReady(Duration.ofSeconds(240)));
        return scene;
    }

    private void begin() throws IOException {
        var database = Parts.shared().postgresql().port();
        var cable = CutProxy.before(database);
        var node =
                Node.on(instance, "node-" + (members.size() + 1))
                        .with("coffer.job.silence", "5s")
                        .with("coffer.intake.sweep-grace", "1s")
                        .with("coffer.job.pending-sweep.schedule", "*/2 * * * * *")
                        .with("coffer.job.object-reaper.schedule", "*/2 * * * * *")
                        .with(
                                "coffer.database.url",
                                instance.databaseUrl()
                                        .replace(":" + database + "/", ":" + cable.port() + "/"));
        members.add(new Member(node.start(), cable));
    }

    Instance instance() {
        return instance;
    }

    Node first() {
        return members.getFirst().node();
    }

    Node named(String name) {
        return member(name).node();
    }

    CutProxy cable(Node node) {
        return member(node.name()).cable();
    }

    private Member member(String name) {
        return members.stream()
                .filter(member -> member.node().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** No firing any more, and no run under way. */
    void quiet() throws SQLException {
        update("update job_schedule set last_at = coffer_now() + interval '1 hour'");
        Wait.until(
                "nothing runs",
                PATIENCE,
                () ->
                        number(
                                        "select count(*) from job_run where state in ('waiting',"
                                                + " 'running', 'stopping')")
                                == 0);
    }

    /** Waits until so many items of a run are done. */
    void awaitDone(UUID run, int items) {
        Wait.until(
                items + " items are done",
                PATIENCE,
                () ->
                        number(
                                        "select coalesce(sum(done), 0) from job_progress where run_id"
                                                + " = '"
                                                + run
                                                + "'")
                                == items);
    }

    void awaitState(UUID run, String state) {
        Wait.until(
                "the run is " + state,
                PATIENCE,
                () -> text("select state from job_run where id = '" + run + "'").equals(state));
    }

    Node holder(UUID run) throws SQLException {
        return named(text("select node from job_run where id = '" + run + "'"));
    }

    /** As a person's order; the desk's own way in is tested where people can sign in. */
    UUID ask(String job) throws SQLException {
        var id = UUID.randomUUID();
        update(
                """
                insert into job_run (id, job, not_before, requested_at, requested_by, exclusive_key, state)
                values ('%s', '%s', coffer_now(), coffer_now(), 'test', '%s', 'waiting')
                """
                        .formatted(id, job, job));
        return id;
    }

    /** Uploads whose node died long ago, each of a system of its own, in the order of their ids. */
    List<UUID> deadUploads(int count) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var connection = instance.connect()) {
            var seed = new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
            var owner = seed.owner("Owner");
            for (var i = 0; i < count; i++) {
                var system = seed.appliance(owner, true);
                var backup = new UUID(++uploads, 0x8000_0000_0000_0000L);
                ids.add(backup);
                execute(
                        connection,
                        """
                        insert into appliance_usage (appliance_id) values ('%2$s') on conflict do nothing;
                        insert into backup (id, subject_kind, subject_id, organization_id, kind, state, filename, extension, mimetype,
                                            size_bytes, initiated_by, created_at)
                        values ('%1$s', 'appliance', '%2$s', '%3$s', 'configuration', 'PENDING', 'a.bin', '.bin',
                                'application/octet-stream', 10, 'system:%2$s', coffer_now() - interval '1 day');
                        insert into reservation (backup_id, appliance_id, destination, address, size_bytes, charged_bytes, node,
                                                 lease_until, created_at)
                        values ('%1$s', '%2$s', 'primary', (select id from installation) || '/systems/%2$s/%1$s', 10, 0, 'gone',
                                coffer_now() - interval '1 day', coffer_now() - interval '1 day');
                        """
                                .formatted(backup, system.id(), owner));
            }
        }
        return ids;
    }

    static void lockSystemOf(Connection connection, UUID backup) throws SQLException {
        connection.setAutoCommit(false);
        execute(
                connection,
                "select from appliance_usage where appliance_id = (select subject_id from backup"
                        + " where id = '"
                        + backup
                        + "') for update");
    }

    int status(String path) throws IOException {
        var connection = (HttpURLConnection) first().uri(path).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    String text(String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    int update(String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    @Override
    public void close() {
        for (var member : members) {
            member.cable().resume();
            member.node().close();
            try {
                member.cable().close();
            } catch (IOException broken) {
                throw new java.io.UncheckedIOException(broken);
            }
        }
    }
}
