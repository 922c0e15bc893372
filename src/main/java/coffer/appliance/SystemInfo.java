package coffer.appliance;

import coffer.organization.OrganizationRow;

import org.jspecify.annotations.Nullable;

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

    /** The organization that owns it; {@code type} is its kind. */
    public record Owner(
            UUID id, String name, String type, boolean suspended, @Nullable Instant suspendedAt) {}

    static SystemInfo of(
            ApplianceRow row,
            @Nullable Instant lastBeat,
            OrganizationRow owner,
            Instant activeSince) {
        return new SystemInfo(
                row.id(),
                row.systemKey(),
                row.name(),
                row.type(),
                row.fqdn(),
                status(lastBeat, activeSince),
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

    private static String status(@Nullable Instant lastBeat, Instant activeSince) {
        if (lastBeat == null) {
            return "unknown";
        }
        return lastBeat.isAfter(activeSince) ? "active" : "inactive";
    }
}
