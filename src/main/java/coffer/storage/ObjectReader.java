package coffer.storage;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads objects and can do nothing else: its key need not write or delete. Thread-safe. */
public final class ObjectReader {

    /** Bytes {@code first} to {@code last}, both included and counted from 0. */
    public record Range(long first, long last) {

        /** Refuses an empty or negative one. */
        public Range {
            if (first < 0 || last < first) {
                throw new IllegalArgumentException("not a range: " + first + "-" + last);
            }
        }
    }

    /** An object without its bytes. */
    public record Facts(
            long sizeBytes,
            @Nullable String versionId,
            Instant lastModified,
            Map<String, String> metadata) {}

    /**
     * A line of a listing; {@code key} may be no {@link Address} at all.
     *
     * @param versionId empty where the listing tells no versions
     * @param marker a delete marker, which has no bytes
     */
    public record Listed(
            String key, long sizeBytes, Instant lastModified, String versionId, boolean marker) {}

    /** Up to 1,000 lines; {@code next} is absent on the last page. */
    public record Page(List<Listed> objects, Optional<String> next) {}

    /** The longest life of a presigned address. */
    public static final Duration LONGEST_PRESIGN = Duration.ofMinutes(15);

    private final Destination destination;
    private final S3Client client;
    private final S3Presigner presigner;

    ObjectReader(Destination destination, S3Client client, S3Presigner presigner) {
        this.destination = destination;
        this.client = client;
        this.presigner = presigner;
    }

    /** The bytes, or those of {@code range}; the caller closes them. */
    public ReadOutcome<ObjectContent> get(
            Address address, @Nullable String versionId, Optional<Range> range) {
        var request =
                GetObjectRequest.builder()
                        .bucket(bucket())
                        .key(address.text())
                        .versionId(versionId)
                        .range(range.map(r -> "bytes=" + r.first() + "-" + r.last()).orElse(null))
                        .build();
        return ask(
                () ->
                        new ObjectContent(
                                client.getObject(request, ResponseTransformer.toInputStream())),
                this::absent);
    }

    /** A small note, whole; {@code most} bytes of it at most. */
    ReadOutcome<byte[]> note(String key, int most) {
        return ask(
                () -> {
                    try (var answer =
                            client.getObject(
                                    g -> g.bucket(bucket()).key(key),
                                    ResponseTransformer.toInputStream())) {
                        return answer.readNBytes(most);
                    } catch (IOException broken) {
                        throw SdkClientException.create("broken answer", broken);
                    }
                },
                ReadOutcome.Absent::new);
    }

    /** Size, time and metadata. */
    public ReadOutcome<Facts> head(Address address, @Nullable String versionId) {
        return head(address.text(), versionId, this::absent);
    }

    /**
     * A page of what begins with {@code prefix}, in key order; {@code from} is {@link Page#next()}.
     */
    public ReadOutcome<Page> list(String prefix, Optional<String> from) {
        return list(request(prefix).continuationToken(from.orElse(null)).build());
    }

    /**
     * A page of what begins with {@code prefix} and comes after {@code key}, in key order: a place
     * that outlives any connection, unlike {@link Page#next()}.
     */
    public ReadOutcome<Page> listAfter(String prefix, Optional<String> key) {
        return list(request(prefix).startAfter(key.orElse(null)).build());
    }

    private ListObjectsV2Request.Builder request(String prefix) {
        return ListObjectsV2Request.builder().bucket(bucket()).prefix(prefix);
    }

    private ReadOutcome<Page> list(ListObjectsV2Request request) {
        return ask(
                () -> {
                    var answer = client.listObjectsV2(request);
                    var lines =
                            answer.contents().stream()
                                    .map(object ->
                                            new Listed(
                                                    object.key(),
                                                    object.size(),
                                                    object.lastModified(),
                                                    "",
                                                    false))
                                    .toList();
                    return new Page(lines, Optional.ofNullable(answer.nextContinuationToken()));
                },
                ReadOutcome.Absent::new);
    }

    /**
     * An address by which anybody can read the object for {@code life}; no request is sent. The
     * store is asked to answer with this type and disposition.
     */
    public URI presign(
            Address address,
            @Nullable String versionId,
            Duration life,
            String contentType,
            String contentDisposition) {
        return presign(address.text(), versionId, life, contentType, contentDisposition);
    }

    URI presign(
            String key,
            @Nullable String versionId,
            Duration life,
            String contentType,
            String contentDisposition) {
        if (life.isNegative() || life.isZero() || life.compareTo(LONGEST_PRESIGN) > 0) {
            throw new IllegalArgumentException("a presigned address lives at most 15 min: " + life);
        }
        var signed =
                presigner.presignGetObject(p ->
                        p.signatureDuration(life)
                                .getObjectRequest(get ->
                                        get.bucket(bucket())
                                                .key(key)
                                                .versionId(versionId)
                                                .responseContentType(contentType)
                                                .responseContentDisposition(contentDisposition)));
        try {
            return signed.url().toURI();
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    ReadOutcome<Facts> head(
            String key, @Nullable String versionId, Supplier<ReadOutcome<Facts>> otherwise) {
        var request =
                HeadObjectRequest.builder().bucket(bucket()).key(key).versionId(versionId).build();
        return ask(
                () -> {
                    var answer = client.headObject(request);
                    return new Facts(
                            answer.contentLength(),
                            answer.versionId(),
                            answer.lastModified(),
                            answer.metadata());
                },
                otherwise);
    }

    S3Client client() {
        return client;
    }

    private String bucket() {
        return destination.store().bucket();
    }

    /**
     * A 404 may also mean that the whole bucket is gone, and then nothing is known about the
     * object.
     */
    private <T> ReadOutcome<T> absent() {
        return ask(
                () -> client.headBucket(b -> b.bucket(bucket())),
                () -> new ReadOutcome.Refused<>("404 for the bucket"),
                there -> new ReadOutcome.Absent<>());
    }

    private <T> ReadOutcome<T> ask(Supplier<T> question, Supplier<ReadOutcome<T>> absent) {
        return ask(question, absent, ReadOutcome.Found::new);
    }

    private <A, T> ReadOutcome<T> ask(
            Supplier<A> question,
            Supplier<ReadOutcome<T>> absent,
            Function<A, ReadOutcome<T>> answered) {
        try {
            var answer = question.get();
            destination.saw(Destination.State.UP, "");
            return answered.apply(answer);
        } catch (SdkException thrown) {
            var fault = Fault.of(thrown);
            destination.saw(fault);
            return switch (fault) {
                case Fault.Absent gone -> absent.get();
                case Fault.Away away ->
                        new ReadOutcome.Unavailable<>(away.retryAfter(), away.cause());
                case Fault.Refused refused -> new ReadOutcome.Refused<>(refused.cause());
            };
        }
    }
}
