package coffer.storage;

import coffer.storage.StorageSettings.Keys;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * A real Ceph RADOS Gateway, by {@code src/test/tools/radosgw} (Debian's packages, installed on
 * first use when root). Three users hold one privilege each, by the bucket policy that {@code
 * docs/en/operations/storage.md} prints.
 */
public final class CephServer implements AutoCloseable {

    private static final Path DOCUMENT = Path.of("docs/en/operations/storage.md");
    private final Path folder;
    private final TestStore owner;
    private final Keys writer;
    private final Keys reader;
    private final Keys eraser;

    /** Starts it. */
    public CephServer() throws IOException {
        // Its sockets and paths want a short name, and it keeps root's files: not JUnit's folder.
        folder = Files.createTempDirectory("coffer-ceph");
        var said = tool(List.of("start", folder.toString(), String.valueOf(freeTen())));
        owner = TestStore.shared(URI.create(said.get("endpoint")), "unused", keys(said));
        writer = user("coffer-writer");
        reader = user("coffer-reader");
        eraser = user("coffer-eraser");
    }

    /**
     * Objects belong to the writer there, so whoever locks them needs a word in the policy, too.
     */
    private static final String LOCKER =
            """
            "Statement": [
                {
                  "Effect": "Allow",
                  "Principal": {"AWS": ["arn:aws:iam:::user/admin"]},
                  "Action": ["s3:PutObjectRetention", "s3:PutObjectLegalHold"],
                  "Resource": ["arn:aws:s3:::BUCKET/*"]
                },\
            """;

    /** A new bucket under the documented policy. */
    public TestStore bucket(String name, boolean versions, boolean lock) throws IOException {
        var policy = policy(name);
        try (var admin = admin()) {
            admin.createBucket(b -> b.bucket(name).objectLockEnabledForBucket(lock));
            if (versions) {
                admin.putBucketVersioning(v ->
                        v.bucket(name)
                                .versioningConfiguration(
                                        c -> c.status(BucketVersioningStatus.ENABLED)));
            }
            admin.putBucketPolicy(p -> p.bucket(name).policy(policy));
        }
        return new TestStore(owner.endpoint(), name, writer, reader, eraser);
    }

    /** The owner of all buckets. */
    public S3Client admin() {
        return EmbeddedStore.admin(owner);
    }

    /** The very text of the documentation, for this bucket. */
    private static String policy(String bucket) throws IOException {
        var text = Files.readString(DOCUMENT);
        var from =
                text.indexOf("```json\n", text.indexOf("<!-- policy -->")) + "```json\n".length();
        return text.substring(from, text.indexOf("```", from))
                .replace("\"Statement\": [", LOCKER)
                .replace("BUCKET", bucket)
                .replace("INSTALLATION", TestStore.INSTALLATION);
    }

    private Keys user(String name) throws IOException {
        return keys(tool(List.of("user", folder.toString(), name)));
    }

    private static Keys keys(Map<String, String> said) {
        return TestStore.keys(said.get("access_key"), said.get("secret_key"));
    }

    private static Map<String, String> tool(List<String> arguments) throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                "bash",
                                System.getProperty("coffer.radosgw", "src/test/tools/radosgw")));
        command.addAll(arguments);
        var output = Files.createTempFile("radosgw", ".out");
        try {
            var process =
                    new ProcessBuilder(command)
                            .redirectOutput(output.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                process.destroy();
                throw new IOException("not within 5 min: " + command);
            }
            if (process.exitValue() != 0) {
                throw new IOException("exit " + process.exitValue() + ": " + command);
            }
            var said = new TreeMap<String, String>();
            Files.readAllLines(output).stream()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .forEach(pair -> said.put(pair[0], pair[1]));
            return said;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        } finally {
            Files.delete(output);
        }
    }

    /**
     * Ten in a row, below the range from which the system takes the client's end of connections.
     */
    private static int freeTen() {
        for (var attempt = 0; attempt < 100; attempt++) {
            var first = ThreadLocalRandom.current().nextInt(15_000, 32_000);
            if (IntStream.range(first, first + 10).allMatch(CephServer::isFree)) {
                return first;
            }
        }
        throw new IllegalStateException("no ten free ports in a row");
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        tool(List.of("stop", folder.toString()));
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
