package coffer.bench;

import coffer.launch.Node;
import coffer.launch.StorePart;
import coffer.launch.Wait;
import coffer.storage.Address;
import coffer.storage.ObjectEraser;
import coffer.storage.TestStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Objects a second that a purge of an organization erases, beside the same batched deletes sent
 * directly by the same class to the same store, in turns. A purge's time is that of its step {@code
 * erasing}, with all its rows; the looks and the waits before it are not in it.
 */
final class Purge {

    private static final int SYSTEMS = 100;
    private static final int OBJECT_BYTES = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final Bed bed;
    private final Report report;
    private final int each;
    private final int rounds;

    Purge(Bed bed, Report report, boolean quick) {
        this.bed = bed;
        this.report = report;
        this.each = quick ? 50 : 500;
        this.rounds = quick ? 2 : 5;
    }

    /** A node that hurries with erasures. */
    static Node node(Bed bed) {
        return bed.node("bench-purge")
                .with("coffer.job.gdpr-purge.schedule", "* * * * * *")
                .with("coffer.backup.presign-ttl", "1s")
                .with("coffer.erasure.credential-wait", "1s")
                .with("coffer.erasure.look-interval", "1s");
    }

    void measure() throws Exception {
        report.heading("Purge beside direct batched deletes, S3Proxy on the file system");
        var direct = new ArrayList<Double>();
        var purge = new ArrayList<Double>();
        round(); // code that has not run yet is slow on both sides
        for (var i = 0; i < rounds; i++) {
            var result = round();
            direct.add(result[0]);
            purge.add(result[1]);
        }
        var ratio = median(purge) / median(direct);
        report.say(
                "purge",
                String.format(
                        Locale.ROOT,
                        "- %d objects of %d systems: purge %.0f objects/s, direct %.0f objects/s, ratio **%.2f** (goal 0.8), load %s",
                        SYSTEMS * each,
                        SYSTEMS,
                        median(purge),
                        median(direct),
                        ratio,
                        Proc.load()),
                Map.of("direct_per_second", direct, "purge_per_second", purge, "ratio", ratio));
    }

    private double[] round() throws Exception {
        var installation = text("select id from installation");
        var here = new ArrayList<Address>();
        for (var s = 0; s < SYSTEMS; s++) {
            var system = UUID.randomUUID();
            for (var i = 0; i < each; i++) {
                here.add(new Address(installation, system, UUID.randomUUID()));
            }
        }
        write(here.stream().map(Address::text).toList());
        var organization = catalogue(installation);
        write(addresses(organization));
        return new double[] {direct(installation, here), purge(organization)};
    }

    private double direct(String installation, List<Address> addresses) {
        var store =
                TestStore.shared(
                        bed.parts.store().endpoint(),
                        bed.instance.bucket(),
                        TestStore.keys(StorePart.ACCESS_KEY, StorePart.SECRET_KEY));
        try (var destinations = store.open(installation, Duration.ofSeconds(60))) {
            var eraser = destinations.eraser("primary");
            var from = System.nanoTime();
            for (var at = 0; at < addresses.size(); at += ObjectEraser.BATCH) {
                eraser.erase(
                        addresses.subList(at, Math.min(at + ObjectEraser.BATCH, addresses.size())));
            }
            return addresses.size() / ((System.nanoTime() - from) / 1e9);
        }
    }

    private double purge(UUID organization) throws SQLException {
        var id = UUID.randomUUID();
        run(
                """
                insert into purge (id, subject_kind, subject_id, path, state, requested_at, requested_by, wait_until)
                select '%s', 'organization', id, path, 'FREEZING', coffer_now(), 'bench', coffer_now()
                  from organization where id = '%s'
                """
                        .formatted(id, organization));
        run("select purge_gather('" + id + "')");
        Wait.until(
                "the purge is done",
                PATIENCE,
                () -> text("select state from purge where id = '" + id + "'").equals("DONE"));
        var seconds =
                Double.parseDouble(
                        text(
                                """
                                select extract(epoch from max(at) filter (where d.detail ->> 'state' = 'LOOKING')
                                                        - max(at) filter (where d.detail ->> 'state' = 'ERASING'))
                                  from audit_entry e join audit_detail d on d.entry_id = e.id
                                 where e.subject = 'purge:%s' and e.action = 'purge.moved'
                                """
                                        .formatted(id)));
        return SYSTEMS * each / seconds;
    }

    /** An organization whose systems have their backups in the catalogue, and nothing else. */
    private UUID catalogue(String installation) throws SQLException {
        var id = UUID.randomUUID();
        run(
                """
                insert into organization (id, parent_id, kind, name, path, created_at, deleted_at)
                select '%1$s', id, 'customer', 'purged', path || '%1$s/', coffer_now(), coffer_now()
                  from organization where kind = 'owner';
                insert into appliance (id, organization_id, system_key, name, created_at)
                select gen_random_uuid(), '%1$s', 'PURGED-' || substr('%1$s', 1, 8) || '-' || n, 'purged', coffer_now()
                  from generate_series(1, %2$d) n;
                insert into backup (id, subject_kind, subject_id, kind, state, filename, extension, mimetype, sha256, size_bytes,
                                    seq, uploaded_at, initiated_by, created_at)
                select gen_random_uuid(), 'appliance', a.id, 'configuration', 'STORED', 'b.gpg', '.gpg',
                       'application/octet-stream', sha256(cast(a.id::text || n as bytea)), %4$d, n, coffer_now(), 'system', coffer_now()
                  from appliance a cross join generate_series(1, %3$d) n where a.organization_id = '%1$s';
                insert into backup_copy (id, backup_id, destination, address, sha256, size_bytes, health, created_at)
                select gen_random_uuid(), b.id, 'primary', '%5$s/systems/' || b.subject_id || '/' || b.id, b.sha256, b.size_bytes,
                       'stored', coffer_now()
                  from backup b join appliance a on a.id = b.subject_id where a.organization_id = '%1$s';
                insert into appliance_usage (appliance_id, last_seq, live_count, live_bytes)
                select id, %3$d, %3$d, %3$d * %4$d from appliance where organization_id = '%1$s'
                    on conflict (appliance_id) do update
                   set last_seq = excluded.last_seq, live_count = excluded.live_count, live_bytes = excluded.live_bytes;
                insert into organization_usage (organization_id, own_live_bytes) values ('%1$s', %2$d * %3$d * %4$d)
                """
                        .formatted(id, SYSTEMS, each, OBJECT_BYTES, installation));
        run("analyze backup, backup_copy, appliance, outbox");
        return id;
    }

    private List<String> addresses(UUID organization) throws SQLException {
        var addresses = new ArrayList<String>();
        try (var connection = bed.instance.connect();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                select c.address from backup_copy c join backup b on b.id = c.backup_id
                                  join appliance a on a.id = b.subject_id where a.organization_id = '%s'
                                """
                                        .formatted(organization))) {
            while (rows.next()) {
                addresses.add(rows.getString(1));
            }
        }
        return addresses;
    }

    /** The store's files, as it writes them itself. */
    private void write(List<String> keys) throws IOException {
        var bucket = bed.parts.store().bucket(bed.instance.bucket());
        var bytes = new byte[OBJECT_BYTES];
        for (var key : keys) {
            Path file = bucket.resolve(key);
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        }
    }

    private String text(String query) {
        try (var connection = bed.instance.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    private void run(String sql) throws SQLException {
        try (var connection = bed.instance.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
