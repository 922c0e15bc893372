package coffer.appliance;

import coffer.organization.OrganizationRow;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** What a system is told of itself (wire contract, section 2, {@code info}). */
public record SystemInfo(
        UUID systemId,
        String systemKey,
        String name,
        @Nullable String type,
        @Nullable String fqdn,
        String status,
        boolean suspended,
        @Nullable Instant suspendedAt,
        boolean deleted,
        @Nullable Instant deletedAt,
        boolean registered,
        @Nullable Instant registeredAt,
        Instant createdAt,
        Owner organization) {

    /** Appliances beat every few minutes; silent for longer, a system counts as inactive. */
    private static final Duration ACTIVE = Duration.ofMinutes(15);

    /** The organization that owns it; {@code type} is its kind. */
    public record Owner(
            UUID id, String name, String type, boolean suspended, @Nullable Instant suspendedAt) {}

    static SystemInfo of(
            ApplianceRow row, @Nullable Instant lastBeat, OrganizationRow owner, Instant now) {
        return new SystemInfo(
                row.id(),
                row.systemKey(),
                row.name(),
                row.type(),
                row.fqdn(),
                status(lastBeat, now),
                row.suspendedAt() != null,
                row.suspendedAt(),
                row.deletedAt() != null,
                row.deletedAt(),
                row.registeredAt() != null,
                row.registeredAt(),
                row.createdAt(),
                new Owner(
                        owner.id(),
                        owner.name(),
                        owner.kind(),
                        owner.suspended(),
                        owner.suspendedAt()));
    }

    private static String status(@Nullable Instant lastBeat, Instant now) {
        if (lastBeat == null) {
            return "unknown";
        }
        return lastBeat.plus(ACTIVE).isAfter(now) ? "active" : "inactive";
    }
}
