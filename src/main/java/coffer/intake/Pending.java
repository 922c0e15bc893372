package coffer.intake;

import coffer.backup.NewBackup;
import coffer.backup.UploadDesk;

import java.util.Optional;
import java.util.UUID;

/**
 * An admitted upload: its row is PENDING, its room reserved, its lease running. Whoever holds one
 * must end it, by {@link BackupIntake#receive} or {@link BackupIntake#abandon}.
 *
 * @param opened what the catalogue said when it opened the row
 * @param sha256 the digest that the client declared
 */
public record Pending(
        NewBackup backup, UploadDesk.Opened opened, Optional<String> sha256, Spool.Claim room) {

    UUID backupId() {
        return backup.id();
    }

    UUID systemId() {
        return backup.systemId();
    }
}
