package coffer.backup;

import coffer.id.Caller;

import java.time.Instant;
import java.util.UUID;

/**
 * An admitted upload: its row is PENDING, its room reserved, its lease running. Whoever holds one
 * must end it, by {@link BackupIntake#receive} or {@link BackupIntake#abandon}.
 *
 * @param demandCiphertext whether the organization refuses what is visibly not encrypted
 */
public record Pending(
        UUID backupId,
        Caller.Appliance appliance,
        String destination,
        String address,
        String filename,
        String extension,
        String mediaType,
        NewBackup declared,
        Instant admittedAt,
        boolean demandCiphertext,
        Spool.Claim room) {}
