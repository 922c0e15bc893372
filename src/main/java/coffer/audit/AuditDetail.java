package coffer.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import java.util.UUID;

/** The part of an entry that may be erased: personal detail, and the salt that proves it. */
@Entity
@Table(name = "audit_detail")
class AuditDetail {

    @Id
    @Column(name = "entry_id")
    private UUID entryId;

    @Column(name = "salt")
    private byte[] salt;

    @Column(name = "detail")
    private String detail;

    /** For EclipseLink. */
    @SuppressWarnings("NullAway.Init")
    protected AuditDetail() {}

    AuditDetail(UUID entryId, byte[] salt, String detail) {
        this.entryId = entryId;
        this.salt = salt.clone();
        this.detail = detail;
    }
}
