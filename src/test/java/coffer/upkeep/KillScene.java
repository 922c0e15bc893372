package coffer.upkeep;

import static coffer.launch.Bodies.bytes;

import coffer.launch.ApplianceClient;
import coffer.launch.Node;
import coffer.launch.Seed;
import coffer.launch.Wait;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Work for every job at once, a node that is killed, and the same beginning again for each try. */
final class KillScene implements AutoCloseable {

    static final int SYSTEMS = 4;
    private static final int EACH = 6;
    private static final int SIZE = 1_500;

    private final Scene scene;
    private final List<Seed.Firewall> systems = new ArrayList<>();
    private final UUID purge = UUID.randomUUID();
    private final Snapshot before;
    private Node node;

    private KillScene(String name, Path folder, boolean frozen) throws SQLException {
        scene =
                Scene.open(
                        name,
                        Map.of(
                                "coffer.upkeep.scrub-days", "1",
                                "coffer.storage.answer-timeout", "10m",
                                "coffer.intake.sweep-grace", "1s",
                                "coffer.backup.presign-ttl", "1s",
                                "coffer.erasure.credential-wait", "1s",
                                "coffer.erasure.look-interval", "1s",
                                "coffer.erasure.retry", "1s"));
        node = scene.node();
        for (var i = 0; i < SYSTEMS; i++) {
            systems.add(scene.system());
        }
        scene.upload(node, systems.getFirst(), 1, SIZE - 1);
        orphans();
        for (var system : systems) {
            scene.upload(node, system, EACH, SIZE); // now: none is late
        }
        age();
        doom(systems.getLast());
        abandon();
        damage(systems.get(1));
        erase();
        forget();
        recount();
        if (frozen) {
            scene.awaitCompleted(ask("gdpr-purge"));
            recount();
            Wait.until(
                    "the freeze is over",
                    Scene.PATIENCE,
                    () ->
                            scene.number(
                                            "select count(*) from purge where wait_until < coffer_now()")
                                    == 1);
        }
        before = Snapshot.of(scene, folder);
    }

    /**
     * @param frozen the erasure is past its freeze, so that no other job meets it
     */
    static KillScene open(String name, Path folder, boolean frozen) throws SQLException {
        return new KillScene(name, folder, frozen);
    }

    Scene scene() {
        return scene;
    }

    Seed.Firewall system(int number) {
        return systems.get(number);
    }

    List<String> state() throws SQLException {
        return before.state();
    }

    void restore() throws SQLException {
        before.restore();
    }

    /** As a process dies; what hangs somewhere is let go, and another node starts. */
    void killAndGoOn() {
        node.kill();
        scene.store().pass();
        scene.database().resume();
        node = scene.node();
    }

    UUID ask(String job) throws SQLException {
        return scene.ask(
                job,
                switch (job) {
                    case "integrity-scrub" -> "{\"budget\": \"configured\"}";
                    case "catalogue-reconcile" -> "{\"remove\": \"orphans\"}";
                    case "retention-audit" ->
                            "{\"mode\": \"apply\", \"parts\": \"1\", \"chunk\": \"1\"}";
                    default -> "{}";
                });
    }

    /** Line by line, whatever their order. */
    static void compare(List<String> expected, List<String> state) {
        var missing = new ArrayList<>(expected);
        state.forEach(missing::remove);
        var surplus = new ArrayList<>(state);
        expected.forEach(surplus::remove);
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            throw new AssertionError(
                    "missing: "
                            + String.join("\n  ", missing)
                            + "\nsurplus: "
                            + String.join("\n  ", surplus));
        }
    }

    /** The job's work is done: its run has ended, an erasure takes several. */
    void finish(String job, UUID run) throws SQLException {
        scene.awaitCompleted(run);
        while (job.equals("gdpr-purge") && !purged()) {
            scene.awaitCompleted(ask(job));
        }
    }

    boolean purged() {
        return scene.text("select state from purge where id = '" + purge + "'").equals("DONE");
    }

    /** Somebody else holds the account of a system until the connection rolls back. */
    static void block(Connection connection, Seed.Firewall system) throws SQLException {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "select from appliance_usage where appliance_id = '"
                            + system.id()
                            + "' for update");
        }
    }

    /** A job waits for the account that this connection has locked. */
    void awaitBlocked(Connection blocker) throws SQLException {
        scene.instance().awaitBlockedBy(blocker, Scene.PATIENCE);
    }

    /** Three objects whose backups ended here, past their quarantine. */
    private void orphans() throws SQLException {
        var like = scene.addresses().getFirst();
        for (var i = 0; i < 3; i++) {
            scene.knownOrphan(systems.getFirst(), like);
        }
        scene.awaitCompleted(scene.ask("catalogue-reconcile", "{\"remove\": \"none\"}"));
        scene.sql("delete from inventory; delete from job_run");
        scene.advance(Duration.ofDays(8));
    }

    /** The two oldest of each system have been in the trash for long. */
    private void age() {
        scene.sql(
                """
                update backup set state = 'TRASHED', trashed_by = 'retention', trashed_at = coffer_now() - interval '10 days',
                       uploaded_at = coffer_now() - interval '12 days' + seq * interval '1 second'
                 where seq <= 2 and state = 'STORED'
                """);
    }

    private void doom(Seed.Firewall system) {
        scene.sql(
                """
                with doomed as (update backup set state = 'DOOMED' where subject_id = '%s' and seq in (3, 4) returning id)
                insert into outbox (backup_id, destination, address, not_before, created_at)
                select c.backup_id, c.destination, c.address, coffer_now(), coffer_now()
                  from backup_copy c join doomed d on d.id = c.backup_id order by c.address
                """
                        .formatted(system.id()));
    }

    /** Uploads whose node died long ago; the seeds say at which of them a kill comes. */
    private void abandon() {
        for (var system : systems) {
            scene.sql(
                    """
                    with made as (insert into backup (id, subject_kind, subject_id, organization_id, kind, state, filename, extension,
                                         mimetype, size_bytes, initiated_by, created_at)
                                  values (gen_random_uuid(), 'appliance', '%1$s', '%2$s', 'configuration', 'PENDING', 'a.bin', '.bin',
                                         'application/octet-stream', 10, 'system:%1$s', coffer_now() - interval '1 day') returning id)
                    insert into reservation (backup_id, appliance_id, destination, address, size_bytes, charged_bytes, node,
                                             lease_until, created_at)
                    select id, '%1$s', 'primary', (select id from installation) || '/systems/%1$s/' || made.id, 10, 0, 'gone',
                           coffer_now() - interval '1 day', coffer_now() - interval '1 day' from made
                    """
                            .formatted(system.id(), owner()));
        }
    }

    private UUID owner() {
        try {
            return scene.owner();
        } catch (SQLException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    /** Of one backup a byte is wrong, of another there is nothing. */
    private void damage(Seed.Firewall system) {
        try {
            var corrupt = scene.file(address(system, 5));
            var bytes = Files.readAllBytes(corrupt);
            bytes[SIZE / 2] ^= 1;
            Files.write(corrupt, bytes);
            Files.delete(scene.file(address(system, 6)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private String address(Seed.Firewall system, int seq) {
        return scene.text(
                "select address from backup_copy c join backup b on b.id = c.backup_id where"
                        + " b.subject_id = '%s' and b.seq = %d".formatted(system.id(), seq));
    }

    /** A system that is to be erased by law, with an object in its folder that nobody knows. */
    private void erase() throws SQLException {
        var system = scene.system();
        var client = ApplianceClient.of(node.uri(), system);
        for (var i = 0; i < 3; i++) {
            client.upload(bytes(SIZE, 100 + i), "erase-" + i + ".gpg");
        }
        scene.object(
                scene.installation() + "/systems/" + system.id() + "/" + UUID.randomUUID(),
                address(system, 1));
        scene.sql(
                """
                update appliance set deleted_at = coffer_now() where id = '%2$s';
                insert into purge (id, subject_kind, subject_id, path, state, requested_at, requested_by, wait_until)
                select '%1$s', 'system', '%2$s', o.path, 'FREEZING', coffer_now(), 'user:test', coffer_now()
                  from organization o where o.kind = 'owner';
                select purge_gather('%1$s');
                """
                        .formatted(purge, system.id()));
    }

    /** Two systems that a restored database has again, although the log names their erasure. */
    private void forget() throws SQLException {
        for (var i = 0; i < 2; i++) {
            var erasure = UUID.randomUUID();
            var entry =
                    """
                    {"format": "coffer.erasure-log/1", "purge_id": "%s", "subject": {"kind": "system", "id": "%s"}, "path": ["%s"],
                     "requested_by": "user:test", "requested_at": "2026-01-02T03:04:05Z"}
                    """
                            .formatted(erasure, scene.system().id(), owner());
            scene.write(scene.installation() + "/erasures/" + erasure, entry);
        }
    }

    private void recount() {
        scene.sql(
                """
                update appliance_usage u
                   set live_count = (select count(*) from backup b where b.subject_id = u.appliance_id and b.state = 'STORED'),
                       live_bytes = (select coalesce(sum(size_bytes), 0) from backup b where b.subject_id = u.appliance_id and b.state = 'STORED'),
                       trash_count = (select count(*) from backup b where b.subject_id = u.appliance_id and b.state = 'TRASHED'),
                       trash_bytes = (select coalesce(sum(size_bytes), 0) from backup b where b.subject_id = u.appliance_id and b.state = 'TRASHED');
                update organization_usage u
                   set own_live_bytes = (select coalesce(sum(b.size_bytes), 0) from appliance a join backup b on b.subject_id = a.id and b.state = 'STORED'
                                          where a.organization_id = u.organization_id)
                """);
    }

    @Override
    public void close() {
        scene.close();
    }
}
