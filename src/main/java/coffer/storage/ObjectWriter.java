package coffer.storage;

import coffer.storage.wire.KnownDigestScheme;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes objects and can do nothing else: its key need not read, list or delete. Thread-safe. One
 * request per upload whatever the size (up to S3's 5 GiB); what fails in passing is sent again
 * until {@code coffer.storage.attempts} or the deadline is reached.
 */
public final class ObjectWriter {

    /** S3's limit for one request. */
    public static final long LARGEST = 5L << 30;

    /**
     * Of every object, whatever the client said: a store that is told of a form parses the body as
     * one, and then has no bytes left to keep. What the client said is in the metadata.
     */
    private static final String BYTES = "application/octet-stream";

    private final Destination destination;
    private final S3Client client;

    ObjectWriter(Destination destination, S3Client client) {
        this.destination = destination;
        this.client = client;
    }

    /**
     * Stores the payload at an address that nobody else uses. Blocks; holds no more memory than a
     * block of the payload. Small payloads are sent with their digest as the signed payload hash,
     * larger ones with a checksum header where the store was seen to verify it.
     */
    public PutOutcome put(Address address, Payload payload, ObjectMetadata metadata) {
        if (payload.sizeBytes() < 1 || payload.sizeBytes() > LARGEST) {
            throw new IllegalArgumentException(
                    "a payload has 1 byte to 5 GiB: " + payload.sizeBytes());
        }
        return new Sending(
                        address.text(),
                        payload,
                        metadata,
                        destination.capabilities().has(Capability.CONDITIONAL_PUT))
                .send();
    }

    /** Writes a small note beside the backups; what had the key before is replaced. */
    PutOutcome note(String key, Payload payload, ObjectMetadata metadata) {
        return new Sending(key, payload, metadata, false).send();
    }

    /** One upload with all its attempts. */
    private final class Sending {

        private final String key;
        private final Payload payload;
        private final ObjectMetadata metadata;
        private final Duration limit;
        private final long deadline;
        private boolean conditional;
        private int attempts;

        Sending(String key, Payload payload, ObjectMetadata metadata, boolean conditional) {
            this.key = key;
            this.payload = payload;
            this.metadata = metadata;
            this.conditional = conditional;
            var settings = destination.settings();
            this.limit =
                    settings.answerTimeout()
                            .plusSeconds(payload.sizeBytes() / settings.slowest().bytes());
            this.deadline = System.nanoTime() + limit.multipliedBy(2).toNanos();
        }

        PutOutcome send() {
            while (true) {
                var outcome = attempt();
                if (outcome.isPresent()) {
                    return outcome.get();
                }
            }
        }

        /** Empty: try again. */
        private Optional<PutOutcome> attempt() {
            attempts++;
            try {
                var request = request(key, payload, metadata, conditional, limit);
                var answer = client.putObject(request, body(payload));
                destination.saw(Destination.State.UP, "");
                return Optional.of(new PutOutcome.Stored(version(answer), attempts));
            } catch (SdkException thrown) {
                var fault = Fault.of(thrown);
                destination.saw(fault);
                return switch (fault) {
                    case Fault.Refused refused -> refused(refused);
                    case Fault.Absent absent ->
                            Optional.of(new PutOutcome.Refused("404 for the bucket"));
                    case Fault.Away away ->
                            attempts < destination.settings().attempts()
                                            && pause(attempts, deadline)
                                    ? Optional.empty()
                                    : Optional.of(
                                            new PutOutcome.Unavailable(
                                                    away.retryAfter(), away.cause()));
                };
            }
        }

        private Optional<PutOutcome> refused(Fault.Refused refused) {
            if (refused.status() == 412 && attempts > 1) {
                return Optional.of(
                        new PutOutcome.Stored(null, attempts)); // an earlier try arrived after all
            }
            if (refused.notImplemented() && conditional) {
                conditional = false;
                return Optional.empty();
            }
            return Optional.of(new PutOutcome.Refused(refused.cause()));
        }
    }

    S3Client client() {
        return client;
    }

    private PutObjectRequest request(
            String key,
            Payload payload,
            ObjectMetadata metadata,
            boolean conditional,
            Duration limit) {
        var signed = payload.sizeBytes() <= destination.settings().signedPayload().bytes();
        var headers = new HashMap<String, String>();
        headers.put(KnownDigestScheme.DIGEST, signed ? payload.sha256() : Checksums.UNSIGNED);
        if (!signed && destination.capabilities().has(Capability.CHECKSUM_HEADER)) {
            headers.put(Checksums.HEADER, Checksums.base64(payload.sha256()));
        }
        return PutObjectRequest.builder()
                .bucket(destination.store().bucket())
                .key(key)
                .contentType(BYTES)
                .ifNoneMatch(conditional ? "*" : null)
                .metadata(
                        Map.of(
                                "sha256", payload.sha256(),
                                "filename", metadata.filename(),
                                "content-type", metadata.contentType(),
                                "uploaded-at", metadata.uploadedAt().toString()))
                .overrideConfiguration(c -> {
                    headers.forEach(c::putHeader);
                    c.apiCallAttemptTimeout(limit);
                })
                .build();
    }

    private static RequestBody body(Payload payload) {
        return RequestBody.fromContentProvider(payload::open, payload.sizeBytes(), BYTES);
    }

    private static @Nullable String version(PutObjectResponse answer) {
        var version = answer.versionId();
        return version == null || version.isEmpty() || version.equals("null") ? null : version;
    }

    /** False when there is no time left, or the thread is asked to stop. */
    private static boolean pause(int attempt, long deadline) {
        var millis = ThreadLocalRandom.current().nextLong(50, 100) << Math.min(attempt, 5);
        if (System.nanoTime() + millis * 1_000_000 > deadline) {
            return false;
        }
        try {
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
