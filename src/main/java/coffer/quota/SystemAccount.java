package coffer.quota;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A system's account, read under its row lock: it stays true until the transaction ends.
 *
 * @param lastSeq the sequence number of the newest backup ever sealed, 0 before the first
 * @param lastUploadAt when that was, or null
 */
public record SystemAccount(UUID systemId, long lastSeq, @Nullable Instant lastUploadAt) {}
