package coffer.organization;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The tree of organizations and what is decided about each. A decision about one holds for all
 * below it. Who may decide is the caller's affair.
 */
@ApplicationScoped
public class Organizations {

    private static final Supplier<Problem> NOT_FOUND =
            ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail;

    private final OrganizationLedger ledger;
    private final AuditTrail trail;
    private final Event<OrganizationChanged> changes;
    private final Ids ids;
    private final Clock clock;

    @Inject
    Organizations(
            OrganizationLedger ledger,
            AuditTrail trail,
            Event<OrganizationChanged> changes,
            Ids ids,
            Clock clock) {
        this.ledger = ledger;
        this.trail = trail;
        this.changes = changes;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Organizations() {
        this(null, null, null, null, null);
    }

    /**
     * Adds an organization below {@code parentId} (null for the owner, of which there is one).
     * {@link ProblemType#VALIDATION} where such a kind may not stand.
     */
    @Transactional
    public OrganizationRow create(
            Caller caller, String kind, @Nullable UUID parentId, String name) {
        ledger.stand();
        var parent = parentId == null ? null : ledger.lock(parentId).orElse(null);
        if ((parentId != null && parent == null) || !Organization.mayStand(kind, parent)) {
            throw invalid("type", "an organization of this type cannot stand there", kind);
        }
        requireName(name);
        var organization = new Organization(ids.next(), kind, parent, name, clock.instant());
        ledger.add(organization);
        var row = organization.row();
        tell(caller, row.id(), "created", Map.of("name", name, "kind", kind));
        return row;
    }

    /** The kinds below which one of this kind may stand. */
    public static Set<String> above(String kind) {
        return Organization.PARENTS.getOrDefault(kind, Set.of());
    }

    /** One organization. */
    @Transactional
    public Optional<OrganizationRow> find(UUID id) {
        return ledger.find(id).map(Organization::row);
    }

    /**
     * Locks an organization while the tree stands: where it is cannot change before the transaction
     * ends. To be called before anything else is locked.
     */
    @Transactional(MANDATORY)
    public OrganizationRow lock(UUID id) {
        ledger.stand();
        return ledger.lock(id).orElseThrow(NOT_FOUND).row();
    }

    /**
     * As {@link #lock}, and nothing is charged, booked or hung into the tree by anybody else before
     * the transaction ends. For moves, quotas and holds: they are short and rare.
     */
    @Transactional(MANDATORY)
    public OrganizationRow lockTree(UUID id) {
        ledger.change();
        return ledger.lock(id).orElseThrow(NOT_FOUND).row();
    }

    /** Keeps the tree's shape until the transaction ends, before anything else is locked. */
    @Transactional(MANDATORY)
    public void stand() {
        ledger.stand();
    }

    /** Gives it another name. */
    @Transactional
    public void rename(Caller caller, UUID id, String name) {
        requireName(name);
        var organization = ledger.lock(id).orElseThrow(NOT_FOUND);
        if (organization.rename(name)) {
            record(caller, id, "renamed", Map.of("name", name));
        }
    }

    /** Decides anew; the tree must be locked, for a quota has to be counted with it. */
    @Transactional(MANDATORY)
    public void rule(Caller caller, UUID id, OrganizationPolicy policy) {
        var organization = ledger.lock(id).orElseThrow(NOT_FOUND);
        organization.rule(policy);
        var detail = new LinkedHashMap<String, Object>();
        detail.put("quota_bytes", policy.quotaBytes());
        detail.put("max_backups", policy.maxBackups());
        detail.put("max_bytes", policy.maxBytes());
        detail.put("ciphertext", policy.ciphertext());
        detail.put("downloads", policy.downloads());
        record(caller, id, "ruled", detail);
    }

    /**
     * Hangs it, with all below it, under another organization; the tree must be locked. {@link
     * ProblemType#CANNOT_STAND} where its kind may not stand there, or inside itself.
     */
    @Transactional(MANDATORY)
    public OrganizationRow move(Caller caller, UUID id, UUID parentId) {
        var moved = ledger.lock(id).orElseThrow(NOT_FOUND).row();
        var parent = ledger.lock(parentId).orElseThrow(NOT_FOUND);
        if (!Organization.mayStand(moved.kind(), parent) || parent.row().path().contains(id)) {
            throw ProblemType.CANNOT_STAND.withoutDetail();
        }
        if (parentId.equals(moved.parentId())) {
            return moved;
        }
        var after = ledger.move(moved, parent.row()).row();
        tell(
                caller,
                id,
                "moved",
                Map.of("from", String.valueOf(moved.parentId()), "to", parentId.toString()));
        return after;
    }

    /** Ends all access of its subtree until it is reactivated. */
    @Transactional
    public void suspend(Caller caller, UUID id) {
        change(caller, id, "suspended", organization -> organization.suspend(clock.instant()));
    }

    /** Takes its own suspension back; one above it still holds. */
    @Transactional
    public void reactivate(Caller caller, UUID id) {
        change(caller, id, "reactivated", Organization::reactivate);
    }

    /** Ends all access of its subtree; backups are kept. */
    @Transactional
    public void delete(Caller caller, UUID id) {
        change(caller, id, "deleted", organization -> organization.delete(clock.instant()));
    }

    /** Takes its own deletion back: systems and credentials below work as before. */
    @Transactional
    public void restore(Caller caller, UUID id) {
        change(caller, id, "restored", Organization::restore);
    }

    /** The organizations of a path, root first, in one query; ids that are none are left out. */
    @Transactional
    public List<OrganizationRow> along(List<UUID> path) {
        return path.isEmpty() ? List.of() : ledger.rows(path);
    }

    /**
     * The organizations above a system, root first, its owner last; to be sent behind the lock of
     * its account.
     */
    public Sql<List<OrganizationRow>> above(UUID systemId) {
        return OrganizationLedger.above(systemId);
    }

    private void change(Caller caller, UUID id, String change, Predicate<Organization> transition) {
        var organization = ledger.lock(id).orElseThrow(NOT_FOUND);
        if (transition.test(organization)) {
            tell(caller, id, change, Map.of());
        }
    }

    private void tell(Caller caller, UUID id, String change, Map<String, ?> detail) {
        record(caller, id, change, detail);
        changes.fire(new OrganizationChanged(id, change));
    }

    private void record(Caller caller, UUID id, String change, Map<String, ?> detail) {
        trail.record(caller, "organization." + change, "organization:" + id, "done", detail);
    }

    private static void requireName(String name) {
        if (name.isBlank() || name.length() > 200) {
            throw invalid("name", "must have 1 to 200 characters", name);
        }
    }

    private static Problem invalid(String key, String message, String value) {
        return ProblemType.VALIDATION.with(
                Map.of("errors", List.of(Map.of("key", key, "message", message, "value", value))));
    }
}
