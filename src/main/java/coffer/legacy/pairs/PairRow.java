package coffer.legacy.pairs;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * A pair of the old platform as people see it; its secret is told to nobody.
 *
 * @param legacyId its system id on the old platform
 * @param confirmedAt when the system first used its new credential
 * @param endsAt when the pair stops working because of that
 * @param lastLegacyProtocol what the system last called by; null since it never did
 */
public record PairRow(
        UUID id,
        UUID systemId,
        String systemKey,
        String systemName,
        String legacyId,
        Instant importedAt,
        @Nullable Instant confirmedAt,
        @Nullable Instant endsAt,
        @Nullable String lastLegacyProtocol,
        @Nullable Instant lastLegacyAt) {}
