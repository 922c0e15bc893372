package coffer.organization;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The tree of organizations and what is decided about each. A decision about one holds for all
 * below it. Who may decide is the caller's affair: these calls have no endpoint yet.
 */
@ApplicationScoped
public class Organizations {

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
        var parent = parentId == null ? null : ledger.lock(parentId).orElse(null);
        if ((parentId != null && parent == null) || !Organization.mayStand(kind, parent)) {
            throw invalid("kind", "an organization of this kind cannot stand there", kind);
        }
        if (name.isBlank() || name.length() > 200) {
            throw invalid("name", "must have 1 to 200 characters", name);
        }
        var organization = new Organization(ids.next(), kind, parent, name, clock.instant());
        ledger.add(organization);
        var row = organization.row();
        tell(caller, row.id(), "created", Map.of("name", name, "kind", kind));
        return row;
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

    private void change(Caller caller, UUID id, String change, Predicate<Organization> transition) {
        var organization =
                ledger.lock(id).orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        if (transition.test(organization)) {
            tell(caller, id, change, Map.of());
        }
    }

    private void tell(Caller caller, UUID id, String change, Map<String, ?> detail) {
        trail.record(caller, "organization." + change, "organization:" + id, "done", detail);
        changes.fire(new OrganizationChanged(id, change));
    }

    private static coffer.platform.Problem invalid(String key, String message, String value) {
        return ProblemType.VALIDATION.with(
                Map.of("errors", List.of(Map.of("key", key, "message", message, "value", value))));
    }
}
