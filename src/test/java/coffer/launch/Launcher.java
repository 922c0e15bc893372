package coffer.launch;

import coffer.launch.demo.Demo;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

/**
 * {@code ./mvnw}: starts real parts and one node in the foreground, on data in {@code .coffer/}
 * that outlives it, seeds a demo and prints what to type. Ctrl-C stops everything; so does the end
 * of the Maven that started it. What a kill -9 leaves behind is ended by the next start.
 */
public final class Launcher {

    private static final Path FOLDER = Checkout.root().resolve(".coffer");
    private static final Duration PATIENCE = Duration.ofSeconds(110);

    private static final Duration SIGN_OF_LIFE = Duration.ofMinutes(5);

    /** Reachable, for a channel that is collected would let go of the lock. */
    private static @Nullable FileChannel lock;

    private final Parts parts;
    private final Node node;

    private volatile boolean closing;

    private Launcher(Parts parts, Node node) {
        this.parts = parts;
        this.node = node;
    }

    /** Runs until Ctrl-C, or until the node ends by itself: then with status 1. */
    public static void main(String[] arguments) throws Exception {
        var begin = System.nanoTime();
        try {
            var launcher = open();
            Runtime.getRuntime().addShutdownHook(new Thread(launcher::close, "stop everything"));
            ProcessHandle.current().parent().ifPresent(Launcher::endWith);
            launcher.run(begin);
        } catch (IllegalStateException e) {
            System.err.println();
            System.err.println(e.getMessage());
        }
        System.exit(1);
    }

    /**
     * On a thread of its own: System.exit never returns, and would keep a pool's thread from
     * others.
     */
    private static void endWith(ProcessHandle maven) {
        maven.onExit()
                .thenRunAsync(
                        () -> System.exit(0),
                        exit -> Thread.ofPlatform().daemon().name("end with Maven").start(exit));
    }

    private static Launcher open() throws IOException {
        Files.createDirectories(FOLDER);
        hold(FOLDER.resolve("lock"));
        var node = Node.in(FOLDER.resolve("node"), "demo");
        var parts =
                Parts.at(
                        FOLDER,
                        new Parts.Addresses(
                                setting("coffer.launch.postgresql-port"),
                                setting("coffer.launch.redis-port"),
                                setting("coffer.launch.store-port")));
        claim(parts);
        node.port(Ports.claim(setting("coffer.http.port"), "Coffer", "coffer.http.port"));
        return new Launcher(parts, node);
    }

    /** Held until this process ends, however it ends. */
    private static void hold(Path file) throws IOException {
        lock = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (lock.tryLock() == null) {
            throw new IllegalStateException(
                    "Coffer runs already from this checkout; stop that one first");
        }
    }

    private static void claim(Parts parts) {
        Ports.claim(parts.postgresql().port(), "PostgreSQL", "coffer.launch.postgresql-port");
        Ports.claim(parts.redis().port(), "Redis", "coffer.launch.redis-port");
        Ports.claim(
                parts.store().endpoint().getPort(), "the object store", "coffer.launch.store-port");
    }

    private static int setting(String key) {
        var text = Objects.requireNonNull(System.getProperty(key), key);
        try {
            var port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number out of range.
        }
        throw new IllegalStateException(key + " is " + text + "; allowed: a port from 1 to 65535");
    }

    private void run(long begin) throws SQLException, IOException, InterruptedException {
        System.out.println(
                "Starting PostgreSQL, Redis, an S3 store and Coffer; data is in " + FOLDER);
        parts.startAll();
        var instance = parts.instance("demo", 0);
        Files.deleteIfExists(node.consoleLog());
        var ownerPassword = Seed.ownerPassword(pepper(instance));
        node.with(instance.settings())
                .with("coffer.sign-in.owner-password", ownerPassword)
                .with("coffer.installation.purpose", "demo")
                .with(Demo.SETTINGS)
                .with("coffer.log.format", "simple")
                .with("WLP_LOGGING_CONSOLE_FORMAT", "simple")
                .start()
                .awaitReady(PATIENCE);
        try (var connection = instance.connect()) {
            var system = new Seed(connection, "k1", pepper(instance)).demo().system();
            var people = stage(instance);
            welcome(system, Duration.ofNanos(System.nanoTime() - begin));
            System.out.println(Guide.signIn(node.uri().toString(), ownerPassword));
            System.out.println(people);
        }
        follow();
    }

    /**
     * The living demo; whatever becomes of it, Coffer runs. Whom one signs in as, if it is there.
     */
    private String stage(Instance instance) throws InterruptedException {
        var password = Seed.demoPassword(pepper(instance));
        var demo = new Demo(instance::connect, node.uri(), FOLDER, System.out::println);
        try {
            demo.recover();
            if (demo.present()) {
                demo.live(true);
            } else if (!demo.known() && Boolean.getBoolean("coffer.launch.demo")) {
                demo.make(password);
            }
        } catch (SQLException | IOException | IllegalStateException e) {
            System.out.println("The demo is not whole: " + e.getMessage());
        }
        if (!demo.present()) {
            return "";
        }
        Thread.ofPlatform().daemon().name("demo").start(() -> live(demo));
        return Guide.people(Demo.usernames(), password);
    }

    /** The systems of the demo give signs of life for as long as the node runs. */
    private static void live(Demo demo) {
        try {
            while (true) {
                Thread.sleep(SIGN_OF_LIFE);
                demo.live(false);
            }
        } catch (InterruptedException | IOException | IllegalStateException e) {
            System.out.println("The demo gives no more signs of life: " + e.getMessage());
        }
    }

    private static String pepper(Instance instance) {
        return Objects.requireNonNull(instance.settings().get("coffer.keys.pepper.k1"));
    }

    private void welcome(Seed.Firewall system, Duration took) {
        System.out.println(
                Guide.roundTrip(node.uri().toString(), system)
                        .replace("{took}", took.toSeconds() + " s")
                        .replace("{cpu}", node.cpu().toSeconds() + " s"));
    }

    /** Copies the node's log to the terminal, from now on, for as long as the node runs. */
    private void follow() throws IOException, InterruptedException {
        try (var log = new RandomAccessFile(node.consoleLog().toFile(), "r")) {
            log.seek(log.length());
            var buffer = new byte[8192];
            while (node.alive()) {
                for (var length = log.read(buffer); length > 0; length = log.read(buffer)) {
                    System.out.write(buffer, 0, length);
                }
                System.out.flush();
                Thread.sleep(200);
            }
        }
        if (closing) {
            Thread.currentThread().join(); // the shutdown hook ends the process
        }
        throw new IllegalStateException("Coffer ended by itself; its log is " + node.consoleLog());
    }

    private void close() {
        closing = true;
        System.out.println("Stopping");
        try {
            node.stop();
        } finally {
            parts.close();
        }
    }
}
