package coffer.storage;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

import java.util.ArrayList;
import java.util.List;

/** DeleteObjects, or one request a key where the store lacks it. */
final class BatchDelete {

    private final Destination destination;
    private final S3Client client;

    BatchDelete(Destination destination, S3Client client) {
        this.destination = destination;
        this.client = client;
    }

    /** The errors that the store told; an exception when it did not answer. */
    List<S3Error> delete(List<ObjectIdentifier> batch) {
        var seen = destination.capabilities();
        if (seen.known() && !seen.has(Capability.BATCH_DELETE)) {
            return deleteEach(batch);
        }
        try {
            var answer =
                    client.deleteObjects(d ->
                            d.bucket(destination.store().bucket())
                                    .delete(x -> x.quiet(true).objects(batch)));
            destination.saw(Destination.State.UP, "");
            return answer.errors();
        } catch (SdkException thrown) {
            if (Fault.of(thrown) instanceof Fault.Refused refused && refused.notImplemented()) {
                return deleteEach(batch);
            }
            throw thrown;
        }
    }

    /** For a store that lacks DeleteObjects: one request a key. */
    private List<S3Error> deleteEach(List<ObjectIdentifier> batch) {
        var errors = new ArrayList<S3Error>();
        for (var one : batch) {
            try {
                client.deleteObject(d ->
                        d.bucket(destination.store().bucket())
                                .key(one.key())
                                .versionId(one.versionId()));
                destination.saw(Destination.State.UP, "");
            } catch (SdkException thrown) {
                switch (Fault.of(thrown)) {
                    case Fault.Absent absent -> {}
                    case Fault.Refused refused -> errors.add(error(one, refused));
                    case Fault.Away away -> throw thrown;
                }
            }
        }
        return errors;
    }

    private static S3Error error(ObjectIdentifier one, Fault.Refused refused) {
        return S3Error.builder()
                .key(one.key())
                .versionId(one.versionId())
                .code(refused.code().isEmpty() ? refused.cause() : refused.code())
                .build();
    }
}
