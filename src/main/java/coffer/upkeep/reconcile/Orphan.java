package coffer.upkeep.reconcile;

import coffer.storage.Address;
import coffer.storage.ObjectReader.Listed;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something in the bucket that no row needs.
 *
 * @param spare a version beside the one that a kept copy is, which was there
 */
record Orphan(Listed object, boolean spare) {

    private static final int TIME_ORDERED = 7;

    /** Whose it was. */
    UUID backupId() {
        return Address.parse(object.key()).backupId();
    }

    /** When a node made the id, if it was Coffer's; a store may date what was moved to it anew. */
    Optional<Instant> madeAt() {
        var id = backupId();
        return id.version() == TIME_ORDERED
                ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }
}
