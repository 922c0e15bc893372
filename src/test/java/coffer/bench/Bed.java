package coffer.bench;

import coffer.launch.Checkout;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.StorePart;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Everything that runs: the parts (the store lives in this process, which does little else), one
 * node at a time, and the workers.
 */
final class Bed implements AutoCloseable {

    private static final String WORKER_HEAP = "512m";

    final Path out;
    final Parts parts;
    final Instance instance;
    final Worker nullStore;
    private final List<Node> nodes = new ArrayList<>();
    private final Path logs;
    private boolean closed;
    private @Nullable Worker sender;
    private @Nullable Worker prober;

    Bed(Path out) {
        this.out = out;
        this.logs = out.resolve("workers.log");
        this.parts = Parts.start();
        this.instance = parts.instance("bench");
        this.nullStore = Worker.start(NullStore.class, WORKER_HEAP, logs, Map.of());
    }

    /** A node as production runs it, with the limits raised that would end a benchmark. */
    Node node(String name) {
        return node(instance, name);
    }

    /** One on a catalogue and a bucket of its own. */
    Node node(Instance on, String name) {
        var node =
                Node.on(on, name)
                        .jvm(options(name))
                        .with("coffer.intake.rate-per-minute", "100000")
                        .with("coffer.intake.rate-per-hour", "1000000")
                        .with("coffer.intake.max-upload-size", "5GiB")
                        .with("coffer.retention.max-size", "16GiB")
                        .with("coffer.quota.organization-max-size", "10TiB")
                        .with("coffer.intake.spool-size", "64GiB");
        nodes.add(node);
        return node;
    }

    /**
     * With {@code -Dbench.profile=true} each node leaves a flight recording of where its CPU time
     * went.
     */
    private String[] options(String node) {
        var options = new ArrayList<String>();
        options.add("-Xlog:gc:file=" + gcLog(node));
        if (Boolean.getBoolean("bench.profile")) {
            options.add("-XX:StartFlightRecording=settings=profile,jdk.CPUTimeSample#enabled=true");
            options.add("-XX:FlightRecorderOptions=stackdepth=256");
        }
        for (var more : System.getProperty("bench.jvm", "").split(" ", -1)) {
            if (!more.isEmpty()) {
                options.add(more);
            }
        }
        return options.toArray(String[]::new);
    }

    /** Writes the recording now: a node that is killed at the end would write none. */
    void dump(Node node) {
        if (!Boolean.getBoolean("bench.profile")) {
            return;
        }
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            new ProcessBuilder(
                            jcmd,
                            String.valueOf(node.pid()),
                            "JFR.dump",
                            "filename=" + out.resolve(node.name() + ".jfr"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logs.toFile()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Path gcLog(String node) {
        return out.resolve("gc-" + node + ".log");
    }

    Worker sender() {
        if (sender == null) {
            sender = sending();
        }
        return sender;
    }

    /** A second one, whose clock is not held up by the first one's uploads. */
    Worker prober() {
        if (prober == null) {
            prober = sending();
        }
        return prober;
    }

    private Worker sending() {
        return Worker.start(
                Sender.class, WORKER_HEAP, logs, Map.of(), out.resolve("systems").toString());
    }

    Worker direct(URI store) {
        return Worker.start(
                Direct.class,
                WORKER_HEAP,
                logs,
                Map.of("COFFER_BENCH_STORE_SECRET", StorePart.SECRET_KEY),
                store.toString(),
                instance.bucket(),
                StorePart.REGION,
                StorePart.ACCESS_KEY);
    }

    URI nullStoreAddress() {
        return URI.create(
                "http://127.0.0.1:" + Load.word(Load.words(nullStore.ask("port")), "port"));
    }

    /** The process of PostgreSQL, below which all its others are. */
    long postgresql() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("postgres"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    Path postgresqlLog() {
        var folder = "parts-" + ProcessHandle.current().pid() + "-1";
        return Checkout.scratch().resolve(folder).resolve("postgresql/postgresql.log");
    }

    /** Takes all objects from the store's disk, which would be full before the end. */
    void emptyStore() {
        empty(instance);
    }

    /** Likewise of another instance. */
    void empty(Instance of) {
        var bucket = parts.store().bucket(of.bucket());
        try (var files = Files.walk(bucket)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(bucket)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("the bucket was not emptied: " + e);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        nodes.forEach(Node::close);
        for (var worker : new Worker[] {sender, prober, nullStore}) {
            if (worker != null) {
                worker.close();
            }
        }
        emptyStore();
        parts.close();
    }
}
