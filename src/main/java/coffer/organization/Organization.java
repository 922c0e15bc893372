package coffer.organization;

import coffer.platform.ProblemType;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** One organization. Its marks are its own: what holds above is found along the path. */
@Entity
@Table(name = "organization")
class Organization {

    static final Map<String, Set<String>> PARENTS =
            Map.of(
                    "owner", Set.of(),
                    "distributor", Set.of("owner"),
                    "reseller", Set.of("owner", "distributor"),
                    "customer", Set.of("owner", "distributor", "reseller"));

    @Id
    @Column(name = "id")
    private UUID id;

    @Column(name = "parent_id")
    private @Nullable UUID parentId;

    @Column(name = "kind")
    private String kind;

    @Column(name = "name")
    private String name;

    @Column(name = "path")
    private String path;

    @Column(name = "quota_bytes")
    private @Nullable Long quotaBytes;

    @Column(name = "max_backups")
    private @Nullable Integer maxBackups;

    @Column(name = "max_bytes")
    private @Nullable Long maxBytes;

    @Column(name = "ciphertext")
    private String ciphertext;

    @Column(name = "downloads")
    private String downloads;

    @Column(name = "suspended_at")
    private @Nullable Instant suspendedAt;

    @Column(name = "deleted_at")
    private @Nullable Instant deletedAt;

    @Column(name = "erasing_at", insertable = false, updatable = false)
    private @Nullable Instant erasingAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version
    @Column(name = "version")
    private long version;

    /** For EclipseLink. */
    @SuppressWarnings("NullAway.Init")
    protected Organization() {}

    Organization(UUID id, String kind, @Nullable Organization parent, String name, Instant now) {
        this.id = id;
        this.kind = kind;
        this.parentId = parent == null ? null : parent.id;
        this.name = name;
        this.path = (parent == null ? "/" : parent.path) + id + "/";
        this.ciphertext = "inherit";
        this.downloads = "inherit";
        this.createdAt = now;
    }

    static boolean mayStand(String kind, @Nullable Organization parent) {
        var parents = PARENTS.get(kind);
        return parents != null
                && (parent == null
                        ? parents.isEmpty()
                        : parent.deletedAt == null && parents.contains(parent.kind));
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

    /** False when it had this name already. */
    boolean rename(String newName) {
        var changes = !name.equals(newName);
        name = newName;
        return changes;
    }

    void rule(OrganizationPolicy policy) {
        quotaBytes = policy.quotaBytes();
        maxBackups = policy.maxBackups();
        maxBytes = policy.maxBytes();
        ciphertext = policy.ciphertext();
        downloads = policy.downloads();
    }

    OrganizationRow row() {
        return new OrganizationRow(
                id,
                kind,
                name,
                ids(path),
                new OrganizationPolicy(quotaBytes, maxBackups, maxBytes, ciphertext, downloads),
                suspendedAt,
                deletedAt,
                createdAt);
    }

    static List<UUID> ids(String path) {
        return Stream.of(path.split("/"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }
}
