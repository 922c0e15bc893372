package coffer.backup;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/**
 * One backup of one subject. Rows are made here; their moves between states are single conditional
 * updates in {@link BackupLedger} and {@link UploadLedger}, since two nodes may want to move the
 * same one.
 */
@Entity
@Table(name = "backup")
class Backup {

    /** Where a backup stands (design section 3). DOOMED never returns. */
    enum State {
        PENDING,
        STORED,
        TRASHED,
        DOOMED,
        ERASED,
        ABANDONED
    }

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "subject_kind")
    private String subjectKind;

    @Column(name = "subject_id")
    private UUID subjectId;

    @Column(name = "kind")
    private String kind;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private State state;

    @Column(name = "filename")
    private String filename;

    @Column(name = "extension")
    private String extension;

    @Column(name = "mimetype")
    private String mediaType;

    @Column(name = "sha256")
    private byte @Nullable [] sha256;

    @Column(name = "size_bytes")
    private long sizeBytes;

    @Column(name = "content_kind")
    private @Nullable String contentKind;

    @Column(name = "seq")
    private @Nullable Long seq;

    @Column(name = "uploaded_at")
    private @Nullable Instant uploadedAt;

    @Column(name = "initiated_by")
    private String initiatedBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** For EclipseLink. */
    @SuppressWarnings("NullAway.Init")
    protected Backup() {}
}
