package coffer.appliance;

import coffer.platform.ProblemType;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/** One system. Written rarely: heartbeats and usage have rows of their own. */
@Entity
@Table(name = "appliance")
class Appliance {

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "organization_id")
    private UUID organizationId;

    @Column(name = "system_key")
    private String systemKey;

    @Column(name = "name")
    private String name;

    @Column(name = "type")
    private @Nullable String type;

    @Column(name = "fqdn")
    private @Nullable String fqdn;

    @Column(name = "cadence_seconds")
    private @Nullable Integer cadenceSeconds;

    @Column(name = "suspended_at")
    private @Nullable Instant suspendedAt;

    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    @Column(name = "registered_at")
    private @Nullable Instant registeredAt;

    @Column(name = "erasing_at", insertable = false, updatable = false)
    private @Nullable Instant erasingAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** For EclipseLink. */
    @SuppressWarnings("NullAway.Init")
    protected Appliance() {}

    Appliance(
            UUID id,
            UUID organizationId,
            String systemKey,
            ApplianceDescription description,
            Instant now) {
        this.id = id;
        this.organizationId = organizationId;
        this.systemKey = systemKey;
        this.name = description.name();
        this.type = description.type();
        this.fqdn = description.fqdn();
        this.createdAt = now;
    }

    /** False when it was so already. */
    boolean register(Instant now) {
        var changes = registeredAt == null;
        registeredAt = changes ? now : registeredAt;
        return changes;
    }

    /** On replacement hardware: the system is the same. */
    void registerAgain(Instant now) {
        registeredAt = now;
    }

    void describe(ApplianceDescription description, @Nullable Duration cadence) {
        name = description.name();
        type = description.type();
        fqdn = description.fqdn();
        cadenceSeconds = cadence == null ? null : Math.toIntExact(cadence.toSeconds());
    }

    /** False when it belongs there already. */
    boolean reassign(UUID newOrganizationId) {
        var changes = !organizationId.equals(newOrganizationId);
        organizationId = newOrganizationId;
        return changes;
    }

    /** False when it was so already. */
    boolean suspend(Instant now) {
        var changes = suspendedAt == null;
        suspendedAt = changes ? now : suspendedAt;
        return changes;
    }

    /** False when it was so already. */
    boolean reactivate() {
        var changes = suspendedAt != null;
        suspendedAt = null;
        return changes;
    }

    /** False when it was so already. */
    boolean delete(Instant now) {
        var changes = deletedAt == null;
        deletedAt = changes ? now : deletedAt;
        return changes;
    }

    /** False when it was so already; what is being erased by law is not restored. */
    boolean restore() {
        if (erasingAt != null) {
            throw ProblemType.BEING_ERASED.withoutDetail();
        }
        var changes = deletedAt != null;
        deletedAt = null;
        return changes;
    }

    ApplianceRow row() {
        return new ApplianceRow(
                id,
                organizationId,
                systemKey,
                name,
                type,
                fqdn,
                suspendedAt,
                deletedAt,
                registeredAt,
                createdAt);
    }
}
