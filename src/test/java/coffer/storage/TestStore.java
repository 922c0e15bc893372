package coffer.storage;

import coffer.platform.ByteSize;
import coffer.platform.Secret;
import coffer.storage.StorageSettings.Keys;
import coffer.storage.StorageSettings.Store;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where a test's object store is and how to get in. */
public record TestStore(
        URI endpoint,
        String bucket,
        Optional<Path> authorities,
        Keys writer,
        Keys reader,
        Keys eraser) {

    /** The installation whose objects the tests make. */
    public static final String INSTALLATION = "contract-test";

    /** One whose certificate, if it has any, the JVM's own authorities vouch for. */
    TestStore(URI endpoint, String bucket, Keys writer, Keys reader, Keys eraser) {
        this(endpoint, bucket, Optional.empty(), writer, reader, eraser);
    }

    /** A store with one key for all. */
    public static TestStore shared(URI endpoint, String bucket, Keys keys) {
        return new TestStore(endpoint, bucket, keys, keys, keys);
    }

    /** A key pair. */
    public static Keys keys(String access, String secret) {
        return new Keys(access, new Secret(secret));
    }

    TestStore at(URI other) {
        return new TestStore(other, bucket, authorities, writer, reader, eraser);
    }

    TestStore in(String other) {
        return new TestStore(endpoint, other, authorities, writer, reader, eraser);
    }

    TestStore trusting(Path pem) {
        return new TestStore(endpoint, bucket, Optional.of(pem), writer, reader, eraser);
    }

    TestStore with(Keys keys) {
        return new TestStore(endpoint, bucket, authorities, keys, keys, keys);
    }

    /** Coffer's own classes on this store, with patience that suits a test. */
    public Destinations open() {
        return open(INSTALLATION, Duration.ofSeconds(60));
    }

    /** The same for another installation. */
    public Destinations open(String installation, Duration answerTimeout) {
        return Destinations.open(settings(answerTimeout), installation);
    }

    StorageSettings settings(Duration answerTimeout) {
        var store =
                new Store(
                        "primary",
                        Optional.of(endpoint),
                        Optional.empty(),
                        "us-east-1",
                        bucket,
                        true,
                        authorities,
                        Optional.of(writer),
                        Optional.of(reader),
                        Optional.of(eraser));
        return new StorageSettings(
                Map.of("primary", store),
                "primary",
                256,
                Duration.ofSeconds(2),
                answerTimeout,
                3,
                ByteSize.parse("1MiB"),
                ByteSize.parse("8MiB"),
                Duration.ofSeconds(10));
    }
}
