package coffer.launch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One Liberty server process that runs the WAR of this build. Nodes share the unpacked Liberty,
 * which they only read; each has its own server folder. The process is the JVM itself, so {@link
 * #kill} is a true kill -9.
 */
public final class Node implements AutoCloseable {

    private static final String SERVER = "coffer";
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final int PROBE_MILLIS = 10_000;

    /**
     * No job of the night comes into a test that runs at its hour, and a slow moment is no outage
     * of Redis, after which limits would be counted anew. Tests of either say otherwise.
     */
    private static final Map<String, String> CALM =
            Map.of(
                    "coffer.installation.purpose", "test",
                    "coffer.job.catalogue-reconcile.schedule", "off",
                    "coffer.job.integrity-scrub.schedule", "off",
                    "coffer.job.retention-audit.schedule", "off",
                    "coffer.redis.timeout", "2s");

    private final String name;
    private final Path home;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=1"));
    private String heap = "256m";
    private int port;
    private @Nullable Child child;
    private @Nullable Path script;

    private Node(String name, Path home) {
        this.name = name;
        this.home = home;
    }

    /** A node on {@code instance}, on a free port, not started yet. */
    public static Node on(Instance instance, String name) {
        var home =
                Checkout.scratch()
                        .resolve(
                                "nodes-"
                                        + ProcessHandle.current().pid()
                                        + "/"
                                        + instance.name()
                                        + "/"
                                        + name);
        return in(home, name).with(instance.settings()).with(CALM);
    }

    static Node in(Path home, String name) {
        var node = new Node(name, home);
        node.port = Ports.free();
        Child.endLeftover(name, home, "TERM");
        return node;
    }

    /** Sets {@code coffer.…} before the start; it travels as an environment variable. */
    public Node with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** Sets several. */
    public Node with(Map<String, String> more) {
        settings.putAll(more);
        return this;
    }

    /** Unsets one. */
    public Node without(String key) {
        settings.remove(key);
        return this;
    }

    /** The port to listen on, if not a free one. */
    public Node port(int newPort) {
        this.port = newPort;
        return this;
    }

    /** The largest heap, as {@code -Xmx} takes it; 256m unless told. */
    public Node heap(String size) {
        this.heap = size;
        return this;
    }

    /** Replaces the options that make a start quick ({@code -XX:TieredStopAtLevel=1}) by these. */
    public Node jvm(String... options) {
        jvm.clear();
        jvm.addAll(List.of(options));
        return this;
    }

    /** Starts it by {@code script}, as a container does, and not as the JVM itself. */
    public Node by(Path entrypoint) {
        script = entrypoint;
        return this;
    }

    /** Waits for the process to end by itself; how it ended. */
    public int awaitEnd(Duration limit) {
        return running().awaitEnd(limit);
    }

    /** Starts the process and returns at once. */
    public Node start() {
        if (child != null && child.alive()) {
            throw new IllegalStateException("node " + name + " runs already");
        }
        prepare();
        child = Child.start(name, command(), environment(), home, consoleLog());
        return this;
    }

    /** Starts it and waits until {@code /health/ready} answers 200. */
    public Node startAndAwait() {
        return start().awaitReady(PATIENCE);
    }

    /**
     * Waits until {@code /health/ready} answers 200; fails with the end of the log if the process
     * ends first.
     */
    public Node awaitReady(Duration limit) {
        try {
            Wait.until(
                    "node " + name + " is ready",
                    limit,
                    () -> {
                        if (!alive()) {
                            throw new IllegalStateException("node " + name + " ended at its start");
                        }
                        return status("/health/ready") == HttpURLConnection.HTTP_OK;
                    });
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    e.getMessage()
                            + "; "
                            + consoleLog()
                            + " ends:\n"
                            + Child.tail(consoleLog(), 40),
                    e);
        }
        return this;
    }

    /** What a GET of {@code path} answers now; -1 if nothing does. */
    public int status(String path) {
        try {
            var connection = (HttpURLConnection) uri(path).toURL().openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return -1;
        }
    }

    /** Its address, without a path. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The address of {@code path}, which begins with a slash. */
    public URI uri(String path) {
        return URI.create(uri() + path);
    }

    /** Which node. */
    public String name() {
        return name;
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** {@code true} from the start until the process has ended. */
    public boolean alive() {
        return child != null && child.alive();
    }

    /** Number of the process. */
    public long pid() {
        return running().pid();
    }

    /** CPU time the process has used so far. */
    public Duration cpu() {
        return running().handle().info().totalCpuDuration().orElseThrow();
    }

    /** SIGKILL; {@link #start} starts it again in the same folder. */
    public void kill() {
        running().kill();
        child = null;
    }

    /** Freezes the process, as a machine that was suspended. */
    public void freeze() {
        Child.signal(pid(), "STOP");
    }

    /** Ends {@link #freeze}. */
    public void thaw() {
        Child.signal(pid(), "CONT");
    }

    /** SIGTERM, and SIGKILL where that is not heard in time. */
    public void stop() {
        if (child != null) {
            child.stop("TERM");
            child = null;
        }
    }

    /**
     * SIGKILL if it still runs: the end of a test need not wait for Liberty's 30 s of quiescing.
     */
    @Override
    public void close() {
        if (child != null) {
            kill();
        }
    }

    /** Everything the process has written so far. */
    public String log() {
        try {
            return Files.readString(consoleLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file that {@link #log} reads. */
    public Path consoleLog() {
        return home.resolve("console.log");
    }

    /**
     * Liberty's user folder for this node ({@code WLP_USER_DIR}); its one server is named {@code
     * coffer}.
     */
    public Path userFolder() {
        return home.resolve("usr");
    }

    private Child running() {
        return Objects.requireNonNull(child, () -> "node " + name + " does not run");
    }

    private Path serverFolder() {
        return userFolder().resolve("servers").resolve(SERVER);
    }

    /**
     * Copies the configuration that production uses; what a node is told besides comes by its
     * environment.
     */
    private void prepare() {
        var config = Checkout.root().resolve("src/main/liberty/config");
        try (var files = Files.walk(config)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var target = serverFolder().resolve(config.relativize(file));
                Files.createDirectories(Objects.requireNonNull(target.getParent()));
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
            }
            var overrides = serverFolder().resolve("configDropins/overrides");
            Files.createDirectories(overrides);
            Files.writeString(
                    overrides.resolve("node.xml"),
                    "<server><variable name=\"defaultHostName\" value=\"" + name + "\"/></server>");
            Files.createDirectories(serverFolder().resolve("lib"));
            Files.createDirectories(serverFolder().resolve("apps"));
            var driver =
                    Path.of(
                            org.postgresql.Driver.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Files.copy(
                    driver,
                    serverFolder().resolve("lib/postgresql.jar"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the server folder of node " + name, e);
        } catch (java.net.URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> command() {
        if (script != null) {
            return List.of(script.toString());
        }
        var liberty = Checkout.liberty();
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add("-javaagent:" + liberty.resolve("bin/tools/ws-javaagent.jar"));
        words.addAll(options(liberty.resolve("lib/platform/java/java24.options")));
        words.addAll(options(serverFolder().resolve("jvm.options")));
        words.add("-Djava.awt.headless=true");
        words.add("-Dfile.encoding=UTF-8");
        words.add("--enable-native-access=ALL-UNNAMED");
        words.add("-Xmx" + heap);
        words.addAll(jvm);
        words.add("-jar");
        words.add(liberty.resolve("bin/tools/ws-server.jar").toString());
        words.add(SERVER);
        return words;
    }

    private static List<String> options(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        var environment = new LinkedHashMap<String, String>();
        environment.put("WLP_USER_DIR", userFolder().toString());
        environment.put("LOG_DIR", home.resolve("logs").toString());
        environment.putAll(serverEnvironment());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("COFFER_LIBERTY", Checkout.liberty().toString());
        var all =
                new LinkedHashMap<>(
                        Map.of(
                                "coffer.http.host",
                                "127.0.0.1",
                                "coffer.http.port",
                                Integer.toString(port),
                                "coffer.http.public-url",
                                uri().toString(),
                                "coffer.node.name",
                                name,
                                "coffer.log.format",
                                "json",
                                "coffer.war",
                                Checkout.war().toString()));
        all.putAll(settings);
        all.forEach((key, value) -> environment.put(variable(key), value));
        return environment;
    }

    /** What Liberty's own start script would read from server.env. */
    private Map<String, String> serverEnvironment() {
        var lines = new LinkedHashMap<String, String>();
        for (var line : options(serverFolder().resolve("server.env"))) {
            var cut = line.indexOf('=');
            lines.put(line.substring(0, cut), line.substring(cut + 1));
        }
        return lines;
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
