package coffer.storage;

import java.util.Locale;

/** What S3 servers do differently, and Coffer therefore probes. */
public enum Capability {
    /** {@code If-None-Match: *} refuses a key that is taken. */
    CONDITIONAL_PUT,
    /** A wrong signed {@code x-amz-content-sha256} is refused. */
    SIGNED_DIGEST,
    /** A wrong {@code x-amz-checksum-sha256} is refused. */
    CHECKSUM_HEADER,
    /** The SDK's trailing CRC32 is accepted. */
    TRAILING_CHECKSUM,
    /** The bucket keeps versions. */
    VERSIONING,
    /** The bucket was made with object lock. */
    OBJECT_LOCK,
    /** {@code x-amz-server-side-encryption: AES256} is accepted and shown by HEAD. */
    SSE_HEADER,
    /** DeleteObjects takes many keys. */
    BATCH_DELETE,
    /** A presigned GET honours {@code response-content-*}. */
    PRESIGN_OVERRIDES;

    /** As metrics and the catalogue write it: {@code conditional_put}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
