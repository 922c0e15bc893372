package coffer.storage;

import com.sun.management.OperatingSystemMXBean;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/**
 * What sending costs this JVM: CPU seconds a GiB and per 1,000 puts, from a spool file or memory to
 * {@code endpoint} (or, without arguments, to a store in another process that throws bytes away).
 *
 * <p>{@code java coffer.storage.StorageBench [null | endpoint bucket access secret]}; with {@code
 * sink PORT} it is that store.
 */
public final class StorageBench {

    private static final ObjectMetadata METADATA =
            new ObjectMetadata("bench.bin", "application/octet-stream", Instant.EPOCH);
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private StorageBench() {}

    /** See the class. */
    public static void main(String[] args) throws Exception {
        if (args.length == 2 && args[0].equals("sink")) {
            sink(Integer.parseInt(args[1]));
            return;
        }
        var store =
                TestStore.shared(URI.create(args[0]), args[1], TestStore.keys(args[2], args[3]));
        try (var destinations = store.open()) {
            var writer = destinations.writer("primary");
            for (var round = 0; round < 4; round++) {
                run(writer, 16 << 10, 10_000);
                run(writer, 256 << 10, 1000);
                run(writer, 200 << 20, 5);
            }
        }
    }

    private static void run(ObjectWriter writer, int size, int count) throws Exception {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
        var path = Files.createTempFile("bench", ".spool");
        Files.write(path, bytes);
        try (var file =
                FileChannel.open(
                        path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE)) {
            var payload =
                    size > 256 << 10
                            ? Payload.of(file, size, digest)
                            : Payload.of(bytes, 0, size, digest);
            var cpu = SYSTEM.getProcessCpuTime();
            var began = System.nanoTime();
            for (var i = 0; i < count; i++) {
                var outcome =
                        writer.put(
                                new Address("bench", UUID.randomUUID(), UUID.randomUUID()),
                                payload,
                                METADATA);
                if (!(outcome instanceof PutOutcome.Stored)) {
                    throw new IllegalStateException(outcome.toString());
                }
            }
            var wall = (System.nanoTime() - began) / 1e9;
            var spent = (SYSTEM.getProcessCpuTime() - cpu) / 1e9;
            var gib = (double) size * count / (1L << 30);
            System.out.printf(
                    "%9d bytes: %7.0f puts/s %7.1f MiB/s %6.2f CPU s/GiB %6.3f CPU s/1,000%n",
                    size, count / wall, gib * 1024 / wall, spent / gib, spent * 1000 / count);
        }
    }

    /** Answers every request with 200 and keeps nothing. */
    private static void sink(int port) throws IOException {
        try (var server = new ServerSocket(port, 64, InetAddress.getLoopbackAddress())) {
            while (true) {
                var client = server.accept();
                Thread.ofPlatform().daemon().start(() -> swallow(client));
            }
        }
    }

    private static void swallow(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream(), 1 << 16);
            while (true) {
                var length = length(in);
                if (length < 0) {
                    return;
                }
                in.skipNBytes(length);
                client.getOutputStream()
                        .write(
                                "HTTP/1.1 200 OK\r\nETag: \"0\"\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.ISO_8859_1));
            }
        } catch (IOException gone) {
            return;
        }
    }

    private static long length(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = in.read();
            if (next < 0) {
                return -1;
            }
            head.append((char) next);
        }
        var lower = head.toString().toLowerCase(java.util.Locale.ROOT);
        var at = lower.indexOf("content-length:");
        return at < 0
                ? 0
                : Long.parseLong(lower.substring(at + 15, lower.indexOf('\r', at)).strip());
    }
}
