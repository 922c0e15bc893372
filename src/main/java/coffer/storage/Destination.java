package coffer.storage;

import coffer.storage.StorageSettings.Keys;
import coffer.storage.StorageSettings.Store;
import coffer.storage.wire.Authorities;
import coffer.storage.wire.KnownDigestScheme;
import coffer.storage.wire.LeanHttpClient;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

import javax.net.ssl.SSLContext;

/** One store with its connections, its keys and what is known about it. */
final class Destination implements AutoCloseable {

    /** Whether the store answers; {@code cause} is empty while it does. */
    record Presence(State state, String cause) {}

    /**
     * Nobody has asked yet, it answers, it does not, or it answers and refuses our key or bucket.
     */
    enum State {
        UNKNOWN,
        UP,
        AWAY,
        REFUSING
    }

    private static final Duration LOOK = Duration.ofSeconds(5);
    private final Store store;
    private final StorageSettings settings;
    private final SSLContext trust;
    private final SdkHttpClient http;
    private volatile Capabilities capabilities = Capabilities.UNKNOWN;
    private volatile Presence presence = new Presence(State.UNKNOWN, "");
    private final Optional<ObjectWriter> writer;
    private final Optional<ObjectReader> reader;
    private final Optional<ObjectEraser> eraser;

    Destination(StorageSettings settings, Store store, Supplier<String> installation) {
        this.settings = settings;
        this.store = store;
        this.trust = store.authorities().map(Authorities::of).orElseGet(Destination::ofTheJvm);
        this.http =
                new LeanHttpClient(
                        settings.connections(),
                        settings.connectTimeout(),
                        settings.answerTimeout(),
                        trust);
        this.writer = store.writer().map(keys -> new ObjectWriter(this, writing(keys)));
        this.reader =
                store.reader().map(keys -> new ObjectReader(this, standard(keys), presigner(keys)));
        this.eraser =
                store.eraser().map(keys -> new ObjectEraser(this, standard(keys), installation));
    }

    private static SSLContext ofTheJvm() {
        try {
            return SSLContext.getDefault();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has TLS", impossible);
        }
    }

    /** Whom it trusts over TLS. */
    SSLContext trust() {
        return trust;
    }

    StorageSettings settings() {
        return settings;
    }

    Store store() {
        return store;
    }

    Optional<ObjectWriter> writer() {
        return writer;
    }

    Optional<ObjectReader> reader() {
        return reader;
    }

    Optional<ObjectEraser> eraser() {
        return eraser;
    }

    Capabilities capabilities() {
        return capabilities;
    }

    void learn(Capabilities seen) {
        capabilities = seen;
    }

    Presence presence() {
        return presence;
    }

    /** Every answer and every failure of every call says whether the store is there. */
    void saw(State state, String cause) {
        presence = new Presence(state, cause);
    }

    /** Asks for the bucket, with whatever key there is: only the reader's may see it. */
    Presence check() {
        var asking =
                reader.map(ObjectReader::client)
                        .or(() -> eraser.map(ObjectEraser::client))
                        .or(() -> writer.map(ObjectWriter::client));
        if (asking.isPresent()) {
            check(asking.get());
        }
        return presence;
    }

    private void check(S3Client client) {
        try {
            client.headBucket(b ->
                    b.bucket(store.bucket())
                            .overrideConfiguration(c ->
                                    c.apiCallTimeout(LOOK)
                                            .putHeader(
                                                    KnownDigestScheme.DIGEST, Checksums.UNSIGNED)));
            saw(State.UP, "");
        } catch (SdkException thrown) {
            switch (Fault.of(thrown)) {
                case Fault.Away away -> saw(State.AWAY, away.cause());
                case Fault.Absent absent -> saw(State.REFUSING, "no such bucket");
                case Fault.Refused refused when reader.isEmpty() -> saw(State.UP, "");
                case Fault.Refused refused -> saw(State.REFUSING, refused.cause());
            }
        }
    }

    void saw(Fault fault) {
        switch (fault) {
            case Fault.Away away -> saw(State.AWAY, away.cause());
            case Fault.Absent absent -> saw(State.UP, "");
            case Fault.Refused refused -> saw(State.UP, "");
        }
    }

    /** Retries are the writer's own: it must know what an earlier try may have done. */
    S3Client writing(Keys keys) {
        return common(keys)
                .putAuthScheme(new KnownDigestScheme())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    /** Reading and erasing may be asked again as often as one likes. */
    S3Client standard(Keys keys) {
        return common(keys)
                .addPlugin(LegacyMd5Plugin.create())
                .overrideConfiguration(c ->
                        c.retryStrategy(
                                        DefaultRetryStrategy.standardStrategyBuilder()
                                                .maxAttempts(settings.attempts())
                                                .build())
                                .apiCallAttemptTimeout(
                                        settings.answerTimeout().plus(Duration.ofSeconds(5)))
                                .apiCallTimeout(
                                        settings.answerTimeout()
                                                .multipliedBy(2)
                                                .plus(Duration.ofSeconds(5))))
                .build();
    }

    /**
     * The SDK's trailing checksums, which all other clients leave out: only the probe sends them.
     */
    S3Client trailing(Keys keys) {
        return common(keys)
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_SUPPORTED)
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(true).build())
                .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private S3ClientBuilder common(Keys keys) {
        var builder =
                S3Client.builder()
                        .region(Region.of(store.region()))
                        .forcePathStyle(store.pathStyle())
                        .credentialsProvider(provider(keys))
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .chunkedEncodingEnabled(false)
                                        .expectContinueEnabled(false)
                                        .build())
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .httpClient(http);
        store.endpoint().ifPresent(builder::endpointOverride);
        return builder;
    }

    private S3Presigner presigner(Keys keys) {
        var builder =
                S3Presigner.builder()
                        .region(Region.of(store.region()))
                        .credentialsProvider(provider(keys))
                        .serviceConfiguration(
                                S3Configuration.builder()
                                        .pathStyleAccessEnabled(store.pathStyle())
                                        .build());
        store.presignEndpoint().or(store::endpoint).ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static StaticCredentialsProvider provider(Keys keys) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(keys.accessKey(), keys.secretKey().reveal()));
    }

    @Override
    public void close() {
        http.close();
    }
}
