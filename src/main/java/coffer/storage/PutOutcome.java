package coffer.storage;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** What became of a put. */
public sealed interface PutOutcome {

    /**
     * The store has the bytes.
     *
     * @param versionId the version it made, or null where the bucket keeps none or it cannot be
     *     known
     * @param storageCalls requests sent; 1 unless something had to be tried again
     */
    record Stored(@Nullable String versionId, int storageCalls) implements PutOutcome {}

    /**
     * The store is away, and did not come back within the deadline. Whether it has the bytes is not
     * known: the address must be erased later.
     *
     * @param retryAfter when trying again makes sense
     * @param cause for the log, without personal data
     */
    record Unavailable(Duration retryAfter, String cause) implements PutOutcome {}

    /**
     * The store answered and said no: wrong key, missing bucket, address taken, bytes that are not
     * what their digest says. Trying again does not help; an operator must look.
     *
     * @param cause for the log, without personal data
     */
    record Refused(String cause) implements PutOutcome {}
}
