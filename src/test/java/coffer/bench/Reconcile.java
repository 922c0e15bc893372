package coffer.bench;

import coffer.launch.Instance;
import coffer.launch.Node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A bucket of many real objects held against its catalogue, and some of them read back: on an
 * instance of its own, whose catalogue has these objects and no others.
 */
final class Reconcile {

    private static final int SMALL_BYTES = 1_024;
    private static final int LARGE_BYTES = 16 << 20;
    private static final int LARGE = 64;
    private static final int ORPHANS = 50;

    private final Bed bed;
    private final Report report;
    private final int objects;

    Reconcile(Bed bed, Report report, int objects) {
        this.bed = bed;
        this.report = report;
        this.objects = objects;
    }

    void measure()
            throws SQLException, IOException, InterruptedException, GeneralSecurityException {
        report.heading("Reconciliation and scrub of a bucket, S3Proxy on the file system");
        var instance = bed.parts.instance("reconcile");
        try (var node =
                bed.node(instance, "bench-reconcile")
                        .with("coffer.upkeep.scrub-days", "1")
                        .with("coffer.job.integrity-scrub.schedule", "off")
                        .with("coffer.job.catalogue-reconcile.schedule", "off")) {
            node.startAndAwait();
            new Catalogue(instance).fill(bed.out.resolve("systems-reconcile"), objects);
            bucket(instance);
            inventory(node, instance);
            scrub(node, instance, "large objects (16 MiB)", LARGE * (long) LARGE_BYTES);
            scrub(
                    node,
                    instance,
                    "small objects (1 KiB)",
                    Math.min(20_000, objects / 2) * (long) SMALL_BYTES);
            bed.dump(node);
        } finally {
            bed.empty(instance);
        }
    }

    /**
     * All objects of the catalogue, as the store writes them itself, and some that nobody knows.
     */
    private void bucket(Instance instance)
            throws SQLException, IOException, GeneralSecurityException {
        size(instance, SMALL_BYTES, "true", "now()");
        size(
                instance,
                LARGE_BYTES,
                "id in (select id from backup order by id limit " + LARGE + ")",
                "now() - interval '400 days'");
        Sql.run(instance, "vacuum analyze");
        var bucket = bed.parts.store().bucket(instance.bucket());
        for (var length : new int[] {SMALL_BYTES, LARGE_BYTES}) {
            var bytes = new byte[length];
            for (var key :
                    Sql.texts(
                            instance,
                            "select address from backup_copy where size_bytes = " + length)) {
                write(bucket.resolve(key), bytes);
            }
        }
        for (var key :
                Sql.texts(
                        instance,
                        "select id || '/systems/' || gen_random_uuid() || '/' || gen_random_uuid() from"
                                + " installation cross join generate_series(1, "
                                + ORPHANS
                                + ")")) {
            write(bucket.resolve(key), new byte[SMALL_BYTES]);
        }
    }

    private static void size(Instance instance, int bytes, String which, String created)
            throws SQLException, GeneralSecurityException {
        var sha256 =
                HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(new byte[bytes]));
        Sql.run(
                instance,
                """
                update backup set size_bytes = %1$d, sha256 = '\\x%2$s' where %3$s;
                update backup_copy set size_bytes = %1$d, sha256 = '\\x%2$s', created_at = %4$s
                 where backup_id in (select id from backup where %3$s)
                """
                        .formatted(bytes, sha256, which, created));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, bytes);
    }

    private void inventory(Node node, Instance instance) throws SQLException, InterruptedException {
        var cost =
                new JobRun(bed, instance, node)
                        .of("catalogue-reconcile", "{\"remove\": \"known\"}");
        var found =
                Sql.text(
                        instance,
                        """
                        select objects || ' objects, ' || unknown || ' unknown, ' || missing || ' missing, ' || missized
                               || ' of another size, ' || strays || ' strays'
                          from inventory where run_id = '%s'
                        """
                                .formatted(cost.run()));
        report.say(
                "reconcile",
                String.format(
                        Locale.ROOT,
                        "- reconcile: %s; %s. Per object: %.0f us of time; CPU us: Coffer %.0f,"
                                + " PostgreSQL %.0f, store %.0f",
                        found,
                        cost.line(),
                        cost.seconds() * 1e6 / objects,
                        cost.coffer() * 1e6 / objects,
                        cost.postgresql() * 1e6 / objects,
                        cost.store() * 1e6 / objects),
                cost.figures());
    }

    private void scrub(Node node, Instance instance, String which, long budget)
            throws SQLException, InterruptedException {
        Sql.run(instance, "delete from scrub_day");
        var cost =
                new JobRun(bed, instance, node)
                        .of("integrity-scrub", "{\"budget\": \"" + budget + "\"}");
        var read = read(instance);
        var copies = read.getFirst();
        var bytes = read.getLast();
        report.say(
                "scrub " + which,
                String.format(
                        Locale.ROOT,
                        "- scrub, %s: %d copies, %d bytes; %s. %.1f MB/s, %.0f copies/s; Coffer %.2f CPU"
                                + " s/GiB, %.2f CPU s per 1,000 copies",
                        which,
                        copies,
                        bytes,
                        cost.line(),
                        bytes / cost.seconds() / 1e6,
                        copies / cost.seconds(),
                        cost.coffer() / bytes * (1 << 30),
                        cost.coffer() / copies * 1_000),
                Map.of("cost", cost.figures(), "copies", copies, "bytes", bytes));
    }

    private static List<Long> read(Instance instance) throws SQLException {
        return List.of(
                Sql.number(instance, "select coalesce(sum(copies), 0) from scrub_day"),
                Sql.number(instance, "select coalesce(sum(bytes), 0) from scrub_day"));
    }
}
