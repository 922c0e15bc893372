package coffer.backup;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * Where the bytes of a backup are: one row a destination. No code derives an address but from it.
 */
@Entity
@Table(name = "backup_copy")
class BackupCopy {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "backup_id")
    private UUID backupId;

    @Column(name = "destination")
    private String destination;

    @Column(name = "address")
    private String address;

    @Column(name = "version_id")
    private @Nullable String versionId;

    @Column(name = "sha256")
    private byte[] sha256;

    @Column(name = "size_bytes")
    private long sizeBytes;

    @Column(name = "encryption_scheme")
    private String encryptionScheme;

    @Column(name = "health")
    private String health;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** For EclipseLink. */
    @SuppressWarnings("NullAway.Init")
    protected BackupCopy() {}

    /** A copy that was just stored; stored, not verified: nobody has read it back yet. */
    @SuppressWarnings("NullAway.Init")
    BackupCopy(
            UUID id,
            NewBackup pending,
            Received received,
            @Nullable String versionId,
            Instant now) {
        this.id = id;
        this.backupId = pending.id();
        this.destination = pending.destination();
        this.address = pending.address();
        this.versionId = versionId;
        this.sha256 = received.digest();
        this.sizeBytes = received.sizeBytes();
        this.encryptionScheme = "none";
        this.health = "stored";
        this.createdAt = now;
    }
}
