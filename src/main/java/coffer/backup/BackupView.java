package coffer.backup;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;

/** A backup on the wire; field names are the contract's. */
public record BackupView(
        @Schema(examples = "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b.tar.gz") String id,
        @Schema(examples = "backup.tar.gz.gpg") String filename,
        @Schema(description = "bytes", examples = "48213") long size,
        @Schema(examples = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
                String sha256,
        @Schema(examples = "application/octet-stream") String mimetype,
        @Schema(examples = "2026-11-21T05:00:23.123456Z") Instant uploadedAt) {

    /** As the catalogue has it. */
    public static BackupView of(BackupRow row) {
        return new BackupView(
                row.id(),
                row.filename(),
                row.sizeBytes(),
                row.sha256(),
                row.mediaType(),
                row.uploadedAt());
    }
}
