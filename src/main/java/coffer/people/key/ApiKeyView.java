package coffer.people.key;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * An API key on the wire, without its secret.
 *
 * @param prefix the part that names it
 * @param scope {@code read} or {@code write}
 * @param lastUsedAt to the minute, or null
 */
public record ApiKeyView(
        UUID id,
        String name,
        String prefix,
        String scope,
        Instant createdAt,
        Instant expiresAt,
        @Nullable Instant lastUsedAt) {}
