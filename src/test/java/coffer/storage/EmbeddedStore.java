package coffer.storage;

import coffer.launch.Ports;

import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** S3Proxy in this process, on files or in memory; only the latter keeps versions. */
public final class EmbeddedStore {

    private static final String BUCKET = "contract";
    private final S3Proxy server;
    private final TestStore store;

    private EmbeddedStore(BlobStore blobs) throws Exception {
        this(blobs, "http", builder -> {});
    }

    private EmbeddedStore(BlobStore blobs, String scheme, Consumer<S3Proxy.Builder> more)
            throws Exception {
        var keys = TestStore.keys("contract-access", "contract-secret");
        var address = URI.create(scheme + "://127.0.0.1:" + Ports.free());
        var builder =
                S3Proxy.builder()
                        .awsAuthentication(
                                AuthenticationType.AWS_V4,
                                keys.accessKey(),
                                keys.secretKey().reveal())
                        .blobStore(blobs)
                        .v4MaxNonChunkedRequestSize(64 << 20)
                        .ignoreUnknownHeaders(true);
        if (scheme.equals("https")) {
            builder.secureEndpoint(address);
        } else {
            builder.endpoint(address);
        }
        more.accept(builder);
        server = builder.build();
        server.start();
        store = TestStore.shared(address, BUCKET, keys);
    }

    static EmbeddedStore onFiles(Path folder) throws Exception {
        Files.createDirectories(folder.resolve(BUCKET));
        return new EmbeddedStore(new FilesystemNio2BlobStore(folder.toString()));
    }

    /** On files, over TLS with the key in this PKCS #12 file. */
    static EmbeddedStore overTls(Path folder, Path keys, String password) throws Exception {
        Files.createDirectories(folder.resolve(BUCKET));
        return new EmbeddedStore(
                new FilesystemNio2BlobStore(folder.toString()),
                "https",
                builder -> builder.keyStore(keys.toString(), password));
    }

    /** In memory, with versions. */
    public static EmbeddedStore withVersions() throws Exception {
        var embedded = new EmbeddedStore(new TransientNio2BlobStore());
        try (var admin = admin(embedded.store)) {
            admin.createBucket(b -> b.bucket(BUCKET));
            admin.putBucketVersioning(v ->
                    v.bucket(BUCKET)
                            .versioningConfiguration(
                                    c -> c.status(BucketVersioningStatus.ENABLED)));
        }
        return embedded;
    }

    /** How to get in. */
    public TestStore store() {
        return store;
    }

    /** A plain client with the writer's key, for what Coffer itself never does. */
    public static S3Client admin(TestStore store) {
        return plain(store, store.writer());
    }

    static S3Client plain(TestStore store, StorageSettings.Keys keys) {
        return S3Client.builder()
                .endpointOverride(store.endpoint())
                .region(Region.US_EAST_1)
                .forcePathStyle(true)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .credentialsProvider(
                        StaticCredentialsProvider.create(
                                AwsBasicCredentials.create(
                                        keys.accessKey(), keys.secretKey().reveal())))
                .httpClientBuilder(Apache5HttpClient.builder())
                .build();
    }

    /** Stops it. */
    public void close() throws Exception {
        server.stop();
    }
}
