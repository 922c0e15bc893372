package coffer.bench;

import coffer.launch.Checkout;
import coffer.launch.Node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Measures everything and prints it. {@code -Dbench.quick=true} takes about four minutes instead of
 * twenty; {@code -Dbench.only=lists,memory} runs these stages alone (lists, heartbeats, upload,
 * memory, crowd, null, calls, fleet, pages, night, purge, reconcile).
 */
public final class Benchmark {

    private static final long MIB = 1L << 20;
    private static final List<String> STAGES =
            List.of(
                    "lists",
                    "heartbeats",
                    "upload",
                    "memory",
                    "crowd",
                    "null",
                    "calls",
                    "fleet",
                    "pages",
                    "night",
                    "purge",
                    "reconcile");

    /** These want a node that has met uploads or lists; the others have nodes of their own. */
    private static final List<String> REAL =
            List.of("lists", "heartbeats", "upload", "memory", "crowd");

    private final boolean quick = !System.getProperty("bench.quick", "false").equals("false");
    private final List<String> stages = stages();
    private final int backups = Integer.getInteger("bench.backups", 1_000_000);
    private final Report report = new Report();
    private final Bed bed;

    private Benchmark(Bed bed) {
        this.bed = bed;
    }

    /** Ends with status 0 whatever the figures say. */
    public static void main(String[] arguments) throws Exception {
        var out = Checkout.root().resolve("target/bench");
        Files.createDirectories(out);
        try (var bed = new Bed(out)) {
            Runtime.getRuntime().addShutdownHook(new Thread(bed::close, "stop what runs"));
            new Benchmark(bed).run(out);
        }
        System.exit(0); // the store's threads are not daemons
    }

    private static List<String> stages() {
        var only = System.getProperty("bench.only", "all");
        return only.equals("all") ? STAGES : Arrays.asList(only.split(",", -1));
    }

    private void run(Path out) throws Exception {
        report.say(
                "machine",
                Instant.now().truncatedTo(ChronoUnit.SECONDS)
                        + ", "
                        + Runtime.getRuntime().availableProcessors()
                        + " cores of "
                        + Proc.processor()
                        + ", Java "
                        + Runtime.version()
                        + ", load at the start "
                        + Proc.load()
                        + (quick ? ", quick" : ""),
                Map.of(
                        "cores",
                        Runtime.getRuntime().availableProcessors(),
                        "load",
                        Proc.load(),
                        "quick",
                        quick));
        if (!stages.equals(List.of("reconcile"))) { // which has a catalogue of its own
            real(out);
        }
        if (stages.contains("null")) {
            none();
        }
        if (stages.contains("calls")) {
            new Calls(bed, report).measure();
        }
        if (stages.contains("fleet")) {
            new Fleet(bed, report, Duration.ofSeconds(quick ? 2 : 5)).measure();
        }
        if (stages.contains("pages")) {
            new Pages(bed, report).measure();
        }
        if (stages.contains("night")) {
            new Night(bed, report).measure();
        }
        if (stages.contains("purge")) {
            purge();
        }
        if (stages.contains("reconcile")) {
            new Reconcile(bed, report, Math.min(backups, 100_000)).measure();
        }
        report.write(out);
        System.out.println("\nwritten: " + out.resolve("report.md") + ", report.json, plans.txt");
    }

    private void real(Path out) throws Exception {
        var wanted = stages.stream().anyMatch(REAL::contains);
        try (var node = bed.node("bench-1")) {
            started(node, "first start, empty database");
            new Catalogue(bed.instance).fill(out.resolve("systems"), backups);
            if (quick && wanted) {
                real(node);
            }
        }
        if (!quick && wanted) {
            try (var node = bed.node("bench-2")) {
                started(node, "later start, " + backups + " backups");
                real(node);
            }
        }
    }

    private void started(Node node, String which) {
        var from = System.nanoTime();
        node.startAndAwait();
        var wall = (System.nanoTime() - from) / 1e9;
        var cpu = Proc.cpu(node.pid());
        report.say(
                "start " + which,
                String.format(
                        Locale.ROOT,
                        "- %s: %.1f s, %.1f CPU s, RSS %d MiB",
                        which,
                        wall,
                        cpu,
                        Proc.residentMebibytes(node.pid())),
                Map.of("wall_seconds", wall, "cpu_seconds", cpu));
    }

    private void real(Node node) throws Exception {
        if (stages.contains("lists")) {
            new Lists(bed, report).measure(node, Duration.ofSeconds(quick ? 4 : 10), backups);
        }
        if (stages.contains("heartbeats")) {
            new Lists(bed, report).heartbeats(node, Duration.ofSeconds(quick ? 4 : 10));
        }
        if (stages.contains("upload")) {
            report.heading("Uploads beside direct puts, S3Proxy on the file system");
            var store = bed.parts.store().endpoint();
            report.cells("uploads", new Throughput(bed, plan()).measure("real", store, node));
        }
        if (stages.contains("memory")) {
            new Memory(bed, report).measure(node);
        }
        if (stages.contains("crowd")) {
            new Crowd(bed, report).measure(node, Duration.ofSeconds(quick ? 10 : 20));
        }
        bed.dump(node);
    }

    private void none() throws IOException {
        var store = bed.nullStoreAddress();
        try (var node =
                bed.node("bench-null")
                        .with("coffer.destination.primary.endpoint", store.toString())) {
            node.startAndAwait();
            report.heading("Uploads beside direct puts, a store that throws the bytes away");
            report.cells("null", new Throughput(bed, plan()).measure("null", store, node));
        }
    }

    private void purge() throws Exception {
        try (var node = Purge.node(bed)) {
            node.startAndAwait();
            new Purge(bed, report, quick).measure();
        }
    }

    private Throughput.Plan plan() {
        var sizes =
                Arrays.stream(
                                System.getProperty("bench.sizes", "16,256,5120,204800")
                                        .split(",", -1))
                        .mapToLong(kib -> Long.parseLong(kib) * 1024)
                        .toArray();
        var clients = quick ? new int[] {16} : new int[] {1, 16, 200};
        return new Throughput.Plan(
                sizes,
                clients,
                Duration.ofSeconds(quick ? 3 : 5),
                (quick ? 1_600 : 3_200) * MIB,
                Duration.ofSeconds(Integer.getInteger("bench.warm", 90)));
    }
}
