package coffer.backup;

import coffer.platform.NativeSql;

import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;

/** A listed backup, as read: filled by one query, without a call to any store. */
public record BackupRow(
        UUID backupId,
        String extension,
        String filename,
        long sizeBytes,
        String sha256,
        String mediaType,
        Instant uploadedAt) {

    /** For {@code select new}. */
    public BackupRow(
            UUID backupId,
            String extension,
            String filename,
            long sizeBytes,
            byte[] sha256,
            String mediaType,
            Instant uploadedAt) {
        this(
                backupId,
                extension,
                filename,
                sizeBytes,
                HexFormat.of().formatHex(sha256),
                mediaType,
                uploadedAt);
    }

    /** From a native query that selects its columns in this order. */
    static BackupRow of(Object[] row) {
        return new BackupRow(
                (UUID) row[0],
                (String) row[1],
                (String) row[2],
                ((Number) row[3]).longValue(),
                (byte[]) row[4],
                (String) row[5],
                NativeSql.instant(row[6]));
    }

    /** The id on the wire. */
    public String id() {
        return backupId + extension;
    }
}
