package coffer.audit;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * What an entry says, ids only: all of it stays for ever.
 *
 * @param requestId of the request that caused it, or null
 * @param keyId which audit key signs the commitment
 */
record Statement(
        UUID id,
        Instant at,
        String installation,
        String actor,
        String action,
        String subject,
        String outcome,
        @Nullable String requestId,
        String keyId) {

    static final String SOURCE = "coffer";
    static final int SCHEMA_VERSION = 1;
}
