package coffer.bench;

import coffer.platform.ByteSize;
import coffer.platform.Secret;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.ObjectMetadata;
import coffer.storage.ObjectWriter;
import coffer.storage.Payload;
import coffer.storage.PutOutcome;
import coffer.storage.StorageSettings;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/**
 * What an upload is measured against: Coffer's own writer, putting the same bytes straight into the
 * same store. Kind {@code put} knows the digest beforehand and reads from memory, so it does
 * nothing but put; kind {@code hash} computes the digest for each put, as any sender of unknown
 * bytes must.
 */
public final class Direct {

    private static final String INSTALLATION = "bench-direct";

    private final ObjectWriter writer;
    private final UUID system = UUID.randomUUID();
    private byte[] bytes = new byte[0];
    private byte[] digest = new byte[0];

    private Direct(ObjectWriter writer) {
        this.writer = writer;
    }

    /**
     * @param arguments endpoint, bucket, region, access key; the secret key is in the environment
     */
    public static void main(String[] arguments) throws IOException {
        var keys =
                new StorageSettings.Keys(
                        arguments[3], new Secret(System.getenv("COFFER_BENCH_STORE_SECRET")));
        var store =
                new StorageSettings.Store(
                        "primary",
                        Optional.of(URI.create(arguments[0])),
                        Optional.empty(),
                        arguments[2],
                        arguments[1],
                        true,
                        Optional.empty(),
                        Optional.of(keys),
                        Optional.empty(),
                        Optional.empty());
        var settings =
                new StorageSettings(
                        Map.of("primary", store),
                        "primary",
                        256,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(30),
                        3,
                        new ByteSize(1L << 20),
                        new ByteSize(8L << 20),
                        Duration.ofSeconds(10));
        try (var open = new Opened(Destinations.open(settings, INSTALLATION))) {
            var direct = new Direct(open.destinations.writer("primary"));
            Clients.serve(line -> direct.run(Load.parse(line)).line());
        }
    }

    private record Opened(Destinations destinations) implements AutoCloseable {
        @Override
        public void close() {
            destinations.close();
        }
    }

    private Result run(Load load) {
        if (bytes.length != load.sizeBytes()) {
            bytes = new byte[Math.toIntExact(load.sizeBytes())];
            new Random(7).nextBytes(bytes);
        }
        digest = sha256();
        return Clients.run(
                load,
                (same, number) -> turn -> put(load.kind().equals("hash") ? sha256() : digest));
    }

    private int put(byte[] known) {
        var address = new Address(INSTALLATION, system, UUID.randomUUID());
        var metadata =
                new ObjectMetadata("backup.tar.gz.gpg", "application/octet-stream", Instant.now());
        return switch (writer.put(address, Payload.of(bytes, 0, bytes.length, known), metadata)) {
            case PutOutcome.Stored stored -> 200;
            case PutOutcome other -> throw new IllegalStateException(other.toString());
        };
    }

    private byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
