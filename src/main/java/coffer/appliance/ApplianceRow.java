package coffer.appliance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** A system as others see it; its marks are its own, an organization above may carry more. */
public record ApplianceRow(
        UUID id,
        UUID organizationId,
        String systemKey,
        String name,
        @Nullable String type,
        @Nullable String fqdn,
        @Nullable Instant suspendedAt,
        @Nullable Instant deletedAt,
        @Nullable Instant registeredAt,
        Instant createdAt) {}
