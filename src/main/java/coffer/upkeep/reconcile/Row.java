package coffer.upkeep.reconcile;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * An address that some row knows.
 *
 * @param kept it is a copy of a backup that is kept, so its object must be there
 * @param sizeBytes as the catalogue has it
 * @param versionId which version the copy is, where the store keeps versions
 */
record Row(
        String address, UUID backupId, boolean kept, long sizeBytes, @Nullable String versionId) {

    /** Of two rows for one address the one that needs the object. */
    Row or(Row other) {
        return kept ? this : other;
    }
}
