package coffer.upkeep.scrub;

import coffer.storage.Address;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * A copy whose turn it is.
 *
 * @param health what the catalogue calls it so far
 */
record StoredCopy(
        UUID id,
        UUID backupId,
        UUID systemId,
        Address address,
        @Nullable String versionId,
        String sha256,
        long sizeBytes,
        String health) {}
