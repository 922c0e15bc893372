package coffer.launch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** A real Redis that keeps nothing: what it holds may be lost at any time. */
public final class RedisPart {

    private static final String NAME = "redis";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path folder;
    private final Path software;
    private final int port;
    private @Nullable Child child;

    RedisPart(Path folder, Path software, int port) {
        this.folder = folder;
        this.software = software;
        this.port = port;
    }

    /** Starts it and waits until it answers. */
    public synchronized void start() {
        var log = folder.resolve("redis.log");
        child =
                Child.start(
                        NAME,
                        List.of(
                                binary().toString(),
                                "--port",
                                Integer.toString(port),
                                "--bind",
                                "127.0.0.1",
                                "--databases",
                                "1024",
                                "--save",
                                "",
                                "--appendonly",
                                "no",
                                "--daemonize",
                                "no"),
                        Map.of(),
                        folder,
                        log);
        var started = child;
        Wait.until(
                "Redis answers",
                PATIENCE,
                () -> {
                    if (!started.alive()) {
                        throw new IllegalStateException(
                                "Redis ended at its start:\n" + Child.tail(log, 10));
                    }
                    return answers();
                });
    }

    void endLeftover() {
        Child.endLeftover(NAME, folder, "TERM");
    }

    /** Stops it; {@link #start} brings it back, empty. */
    public synchronized void stop() {
        if (child != null) {
            child.stop("TERM");
            child = null;
        }
    }

    /** Freezes it: it takes connections and answers nothing. */
    public synchronized void freeze() {
        Child.signal(Objects.requireNonNull(child, "Redis is stopped").pid(), "STOP");
    }

    /** Ends {@link #freeze}. */
    public synchronized void thaw() {
        Child.signal(Objects.requireNonNull(child, "Redis is stopped").pid(), "CONT");
    }

    /** Address of one of its numbered databases. */
    public URI uri(int database) {
        return URI.create("redis://127.0.0.1:" + port + "/" + database);
    }

    int port() {
        return port;
    }

    private boolean answers() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            socket.setSoTimeout(1_000);
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return socket.getInputStream().read() == '+';
        } catch (IOException e) {
            return false;
        }
    }

    private Path binary() {
        var resource = resource();
        var target = software.resolve(resource);
        if (Files.isExecutable(target)) {
            return target;
        }
        try (var packed = RedisPart.class.getResourceAsStream("/" + resource)) {
            Files.createDirectories(software);
            var unpacking = Files.createTempFile(software, "redis", ".unpacking");
            Files.copy(
                    Objects.requireNonNull(packed, "no Redis for this machine: " + resource),
                    unpacking,
                    StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(unpacking, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(unpacking, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack Redis into " + software, e);
        }
    }

    private static String resource() {
        var mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("mac");
        var arm = List.of("aarch64", "arm64").contains(System.getProperty("os.arch", ""));
        if (mac) {
            return arm
                    ? "redis-server-6.2.6-v5-darwin-arm64"
                    : "redis-server-6.2.6-v5-darwin-amd64";
        }
        return arm ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
    }
}
