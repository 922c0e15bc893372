package coffer.storage;

import org.jspecify.annotations.Nullable;

import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockLegalHoldStatus;
import software.amazon.awssdk.services.s3.model.S3Error;

import java.util.Set;

/** Why a version was not erased. */
final class Locks {

    private final Destination destination;
    private final S3Client client;

    Locks(Destination destination, S3Client client) {
        this.destination = destination;
        this.client = client;
    }

    EraseOutcome why(S3Error error) {
        var code = String.valueOf(error.code());
        var passing =
                Fault.PASSING.contains(code)
                        || Set.of("InternalError", "ServiceUnavailable").contains(code);
        var locked =
                passing || error.versionId() == null ? null : lock(error.key(), error.versionId());
        return locked != null ? locked : new EraseOutcome.Failed(code, passing);
    }

    /** A lock shows itself as plain AccessDenied, so the version is asked. */
    private EraseOutcome.@Nullable Locked lock(String key, String versionId) {
        try {
            var hold =
                    client.getObjectLegalHold(g -> g.bucket(bucket()).key(key).versionId(versionId))
                            .legalHold();
            if (hold != null && hold.status() == ObjectLockLegalHoldStatus.ON) {
                return new EraseOutcome.Locked(null);
            }
        } catch (SdkException noHold) {
            destination.saw(Fault.of(noHold));
        }
        try {
            var retention =
                    client.getObjectRetention(g -> g.bucket(bucket()).key(key).versionId(versionId))
                            .retention();
            return retention == null || retention.retainUntilDate() == null
                    ? null
                    : new EraseOutcome.Locked(retention.retainUntilDate());
        } catch (SdkException noRetention) {
            destination.saw(Fault.of(noRetention));
            return null;
        }
    }

    private String bucket() {
        return destination.store().bucket();
    }
}
