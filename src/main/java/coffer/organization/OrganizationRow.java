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
 * @param policy what is decided about itself; the rest is found along the path
 * @param suspendedAt its own mark, or null; one above may be suspended too
 * @param deletedAt its own mark, or null; one above may be deleted too
 */
public record OrganizationRow(
        UUID id,
        String kind,
        String name,
        List<UUID> path,
        OrganizationPolicy policy,
        @Nullable Instant suspendedAt,
        @Nullable Instant deletedAt,
        Instant createdAt) {

    /** Copies the path. */
    public OrganizationRow {
        path = List.copyOf(path);
    }

    /** The one above it; null for the owner. */
    public @Nullable UUID parentId() {
        return path.size() < 2 ? null : path.get(path.size() - 2);
    }

    /** Its own quota, 0 for none, or null where nobody set one. */
    public @Nullable Long quotaBytes() {
        return policy.quotaBytes();
    }

    /** Per system, or null. */
    public @Nullable Integer maxBackups() {
        return policy.maxBackups();
    }

    /** Per system, or null. */
    public @Nullable Long maxBytes() {
        return policy.maxBytes();
    }

    /** {@code inherit}, {@code flag} or {@code demand}. */
    public String ciphertext() {
        return policy.ciphertext();
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
