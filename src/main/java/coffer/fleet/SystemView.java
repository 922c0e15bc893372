package coffer.fleet;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A system on the wire, as people see it.
 *
 * @param status {@code unknown}, {@code active} or {@code inactive}, from its heartbeats
 * @param backupState {@code never}, {@code fresh}, {@code due}, {@code late}, {@code overdue} or
 *     {@code paused}
 * @param suspended its own mark
 * @param suspendedAbove its organization, or one above it, is suspended
 * @param reissued a secret for replacement hardware waits for its registration
 * @param cadenceSeconds the declared time between uploads, or null
 * @param learnedCadenceSeconds the usual one, as learned, or null
 * @param lastLegacyProtocol how it last called as a client of the replaced platform: {@code v2},
 *     {@code proxy}, {@code isa}, {@code machine} or {@code nethbackup}; null if it never did
 * @param lastLegacyAt when, right to within an hour
 * @param actions what this caller may do to it
 */
public record SystemView(
        UUID id,
        String systemKey,
        String name,
        @Nullable String type,
        @Nullable String fqdn,
        Owner organization,
        String status,
        String backupState,
        boolean suspended,
        @Nullable Instant suspendedAt,
        boolean suspendedAbove,
        boolean deleted,
        @Nullable Instant deletedAt,
        boolean registered,
        @Nullable Instant registeredAt,
        boolean reissued,
        boolean held,
        Instant createdAt,
        @Nullable Instant lastHeartbeat,
        @Nullable Instant lastInventory,
        @Nullable Instant lastBackupAt,
        @Nullable Long cadenceSeconds,
        @Nullable Long learnedCadenceSeconds,
        @Nullable String lastLegacyProtocol,
        @Nullable Instant lastLegacyAt,
        Usage usage,
        List<String> actions) {

    /** Who owns it now; {@code type} is the organization's kind. */
    public record Owner(UUID id, String name, String type) {}

    /** Its live backups and its trash. */
    public record Usage(long backups, long bytes, long trashedBackups, long trashedBytes) {}
}
