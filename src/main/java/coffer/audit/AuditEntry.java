package coffer.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.UUID;

/** One entry. Append-only: it has no transition at all. */
@Entity
@Table(name = "audit_entry")
class AuditEntry {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "at")
    private Instant at;

    @Column(name = "installation")
    private String installation;

    @Column(name = "source")
    private String source;

    @Column(name = "actor")
    private String actor;

    @Column(name = "action")
    private String action;

    @Column(name = "subject")
    private String subject;

    @Column(name = "outcome")
    private String outcome;

    @Column(name = "request_id")
    private @Nullable String requestId;

    @Column(name = "schema_version")
    private int schemaVersion;

    @Column(name = "key_id")
    private String keyId;

    @Column(name = "commitment")
    private byte[] commitment;

    @Column(name = "mac")
    private byte[] mac;

    /** For EclipseLink. */
    @SuppressWarnings("NullAway.Init")
    protected AuditEntry() {}

    AuditEntry(Statement statement, byte[] commitment, byte[] mac) {
        this.id = statement.id();
        this.at = statement.at();
        this.installation = statement.installation();
        this.source = Statement.SOURCE;
        this.actor = statement.actor();
        this.action = statement.action();
        this.subject = statement.subject();
        this.outcome = statement.outcome();
        this.requestId = statement.requestId();
        this.schemaVersion = Statement.SCHEMA_VERSION;
        this.keyId = statement.keyId();
        this.commitment = commitment.clone();
        this.mac = mac.clone();
    }
}
