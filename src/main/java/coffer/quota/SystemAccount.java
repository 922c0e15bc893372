package coffer.quota;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A system's account, read under its row lock: it stays true until the transaction ends.
 *
 * @param lastSeq the sequence number of the newest backup ever sealed, 0 before the first
 * @param lastUploadAt when that was, or null
 * @param organizationPath from the root to whoever owns the system now
 */
public record SystemAccount(
        UUID systemId, long lastSeq, @Nullable Instant lastUploadAt, List<UUID> organizationPath) {

    /** Copies the path. */
    public SystemAccount {
        organizationPath = List.copyOf(organizationPath);
    }

    /** Who owns the system now. */
    public UUID organizationId() {
        return organizationPath.getLast();
    }
}
