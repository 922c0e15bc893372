package coffer.storage;

import coffer.platform.Log;
import coffer.storage.wire.KnownDigestScheme;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import javax.net.ssl.HttpsURLConnection;

/**
 * Finds out by trying what a store can do, with small objects under {@code {installation}/probe/}
 * that it erases again. Needs all three keys, so it runs on nodes that hold them.
 */
final class CapabilityProbe {

    private static final byte[] BYTES =
            "coffer looks what this store can do".getBytes(StandardCharsets.UTF_8);
    private static final String DIGEST = Checksums.sha256Hex(BYTES);
    private static final String OTHER_DIGEST =
            Checksums.sha256Hex("something else".getBytes(StandardCharsets.UTF_8));
    private static final String DISPOSITION = "attachment; filename=\"probe.bin\"";

    private final Destination destination;
    private final String folder;
    private final S3Client writer;
    private final ObjectReader reader;
    private final S3Client eraser;
    private final List<String> made = new ArrayList<>();

    private CapabilityProbe(Destination destination, String installation) {
        this.destination = destination;
        this.folder = folder(installation);
        this.writer = destination.writer().orElseThrow().client();
        this.reader = destination.reader().orElseThrow();
        this.eraser = destination.eraser().orElseThrow().client();
    }

    /** Where probe objects lie. */
    static String folder(String installation) {
        return installation + "/probe/";
    }

    /** True where the node holds all keys. */
    static boolean possible(Destination destination) {
        return destination.writer().isPresent()
                && destination.reader().isPresent()
                && destination.eraser().isPresent();
    }

    /**
     * Probes, makes the destination rely on what was seen, and says so.
     *
     * @throws SdkException when the store is away or lets us do nothing at all; nothing is learnt
     *     then
     */
    static Capabilities run(Destination destination, String installation, Clock clock) {
        var probe = new CapabilityProbe(destination, installation);
        try {
            var seen = new Capabilities(probe.look(), clock.instant());
            destination.learn(seen);
            Log.info(
                    "storage.probed",
                    "destination",
                    destination.store().name(),
                    "capabilities",
                    seen.words());
            return seen;
        } finally {
            probe.tidy();
        }
    }

    private EnumSet<Capability> look() {
        var seen = EnumSet.noneOf(Capability.class);
        put("plain", DIGEST, p -> {}); // whoever cannot do this is away or misconfigured
        see(seen, Capability.CONDITIONAL_PUT, this::conditionalPut);
        see(seen, Capability.SIGNED_DIGEST, () -> refuses("digest", OTHER_DIGEST, p -> {}));
        see(
                seen,
                Capability.CHECKSUM_HEADER,
                () -> accepts("checksum", Checksums.base64(DIGEST)) && refusesChecksum());
        see(seen, Capability.TRAILING_CHECKSUM, this::trailing);
        see(
                seen,
                Capability.VERSIONING,
                () ->
                        eraser.getBucketVersioning(g -> g.bucket(bucket())).status()
                                == BucketVersioningStatus.ENABLED);
        see(
                seen,
                Capability.OBJECT_LOCK,
                () ->
                        eraser.getObjectLockConfiguration(g -> g.bucket(bucket()))
                                        .objectLockConfiguration()
                                        .objectLockEnabled()
                                == ObjectLockEnabled.ENABLED);
        see(seen, Capability.SSE_HEADER, this::encrypts);
        see(seen, Capability.PRESIGN_OVERRIDES, this::overrides);
        see(seen, Capability.BATCH_DELETE, this::deletesTwo);
        return seen;
    }

    /** An answer of no is an answer; only silence ends the probe. */
    private static void see(EnumSet<Capability> seen, Capability capability, BooleanSupplier look) {
        try {
            if (look.getAsBoolean()) {
                seen.add(capability);
            }
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Away) {
                throw thrown;
            }
        }
    }

    private boolean conditionalPut() {
        put("taken", DIGEST, p -> p.ifNoneMatch("*"));
        try {
            put("taken", DIGEST, p -> p.ifNoneMatch("*"));
            return false;
        } catch (SdkException thrown) {
            return Fault.of(thrown) instanceof Fault.Refused refused && refused.status() == 412;
        }
    }

    private boolean refuses(String name, String digest, Consumer<PutObjectRequest.Builder> more) {
        try {
            put(name, digest, more);
            return false;
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused) {
                return refused.status() == 400 || refused.status() == 403;
            }
            throw thrown;
        }
    }

    private boolean accepts(String name, String checksum) {
        put(
                name,
                DIGEST,
                p ->
                        p.overrideConfiguration(c ->
                                c.putHeader(KnownDigestScheme.DIGEST, Checksums.UNSIGNED)
                                        .putHeader(Checksums.HEADER, checksum)));
        return true;
    }

    private boolean refusesChecksum() {
        return refuses(
                "wrong-checksum",
                DIGEST,
                p ->
                        p.overrideConfiguration(c ->
                                c.putHeader(KnownDigestScheme.DIGEST, Checksums.UNSIGNED)
                                        .putHeader(
                                                Checksums.HEADER, Checksums.base64(OTHER_DIGEST))));
    }

    private boolean trailing() {
        try (var client = destination.trailing(destination.store().writer().orElseThrow())) {
            client.putObject(
                    p -> p.bucket(bucket()).key(key("trailing")), RequestBody.fromBytes(BYTES));
            return true;
        }
    }

    private boolean encrypts() {
        put("encrypted", DIGEST, p -> p.serverSideEncryption(ServerSideEncryption.AES256));
        var head = reader.client().headObject(h -> h.bucket(bucket()).key(key("encrypted")));
        return head.serverSideEncryption() == ServerSideEncryption.AES256;
    }

    /** By the public way in, as a browser comes; without the SDK, which would sign again. */
    private boolean overrides() {
        var uri =
                reader.presign(
                        key("plain"),
                        null,
                        Duration.ofMinutes(1),
                        "application/x-probe",
                        DISPOSITION);
        try {
            var connection = (HttpURLConnection) uri.toURL().openConnection();
            if (connection instanceof HttpsURLConnection secured) {
                secured.setSSLSocketFactory(destination.trust().getSocketFactory());
            }
            connection.setConnectTimeout((int) destination.settings().connectTimeout().toMillis());
            connection.setReadTimeout((int) destination.settings().answerTimeout().toMillis());
            try {
                return connection.getResponseCode() == 200
                        && DISPOSITION.equals(connection.getHeaderField("Content-Disposition"))
                        && "application/x-probe".equals(connection.getHeaderField("Content-Type"));
            } finally {
                connection.disconnect();
            }
        } catch (UncheckedIOException | IOException unreachable) {
            return false; // the presign endpoint may be one that only browsers reach
        }
    }

    private boolean deletesTwo() {
        put("first", DIGEST, p -> {});
        put("second", DIGEST, p -> {});
        var both = List.of(identifier(key("first")), identifier(key("second")));
        var answer = eraser.deleteObjects(d -> d.bucket(bucket()).delete(x -> x.objects(both)));
        return answer.deleted().size() == 2;
    }

    private void put(String name, String digest, Consumer<PutObjectRequest.Builder> more) {
        var request =
                PutObjectRequest.builder()
                        .bucket(bucket())
                        .key(key(name))
                        .overrideConfiguration(c ->
                                c.putHeader(KnownDigestScheme.DIGEST, digest)
                                        .apiCallAttemptTimeout(
                                                destination.settings().answerTimeout()));
        more.accept(request);
        writer.putObject(request.build(), RequestBody.fromBytes(BYTES));
    }

    /** A name of this run's own, so that two nodes may probe at once. */
    private String key(String name) {
        var key =
                made.stream()
                        .filter(known -> known.endsWith("-" + name))
                        .findFirst()
                        .orElse(folder + UUID.randomUUID() + "-" + name);
        if (!made.contains(key)) {
            made.add(key);
        }
        return key;
    }

    /** In a bucket under object lock by default the probe's objects stay until the lock ends. */
    private void tidy() {
        try {
            var versions = new ArrayList<ObjectIdentifier>();
            made.forEach(key -> versions.addAll(versions(key)));
            for (var one : versions) {
                eraser.deleteObject(
                        d -> d.bucket(bucket()).key(one.key()).versionId(one.versionId()));
            }
        } catch (SdkException thrown) {
            Log.warn(
                    "storage.probe_left_objects",
                    "destination",
                    destination.store().name(),
                    "folder",
                    folder);
        }
    }

    private List<ObjectIdentifier> versions(String key) {
        try {
            var answer = eraser.listObjectVersions(l -> l.bucket(bucket()).prefix(key));
            var found = new ArrayList<ObjectIdentifier>();
            answer.versions()
                    .forEach(v ->
                            found.add(
                                    identifier(v.key()).toBuilder()
                                            .versionId(v.versionId())
                                            .build()));
            answer.deleteMarkers()
                    .forEach(m ->
                            found.add(
                                    identifier(m.key()).toBuilder()
                                            .versionId(m.versionId())
                                            .build()));
            return found;
        } catch (SdkException thrown) {
            return List.of(identifier(key));
        }
    }

    private String bucket() {
        return destination.store().bucket();
    }

    private static ObjectIdentifier identifier(String key) {
        return ObjectIdentifier.builder().key(key).build();
    }
}
