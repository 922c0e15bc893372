package coffer.organization;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An organization as others see it.
 *
 * @param kind {@code owner}, {@code distributor}, {@code reseller} or {@code customer}
 * @param path the ids from the root to this one
 * @param quotaBytes its own quota, 0 for none, or null where nobody set one
 * @param maxBackups per system, or null
 * @param maxBytes per system, or null
 * @param ciphertext {@code inherit}, {@code flag} or {@code demand}
 * @param suspendedAt its own mark, or null; one above may be suspended too
 * @param deletedAt its own mark, or null; one above may be deleted too
 */
public record OrganizationRow(
        UUID id,
        String kind,
        String name,
        List<UUID> path,
        @Nullable Long quotaBytes,
        @Nullable Integer maxBackups,
        @Nullable Long maxBytes,
        String ciphertext,
        @Nullable Instant suspendedAt,
        @Nullable Instant deletedAt) {

    /** Copies the path. */
    public OrganizationRow {
        path = List.copyOf(path);
    }

    /** Suspended itself. */
    public boolean suspended() {
        return suspendedAt != null;
    }

    /** Deleted itself. */
    public boolean deleted() {
        return deletedAt != null;
    }
}
