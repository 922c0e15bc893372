package coffer.fleet;

import static coffer.platform.ProblemType.ACCESS_DENIED_TO_ORGANIZATION;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.organization.Organizations;
import coffer.platform.Ids;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Legal holds. What is held is neither retired nor deleted nor erased, and fills no cap. A hold on
 * an organization is one on its whole subtree. Each level sets its own; one is lifted by the level
 * that set it or one above.
 */
@ApplicationScoped
public class Holds {

    private final HoldLedger ledger;
    private final Organizations organizations;
    private final AuditTrail trail;
    private final Ids ids;

    @Inject
    Holds(HoldLedger ledger, Organizations organizations, AuditTrail trail, Ids ids) {
        this.ledger = ledger;
        this.organizations = organizations;
        this.trail = trail;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Holds() {
        this(null, null, null, null);
    }

    /** The holds on an organization itself; those above it hold it too. */
    @Transactional
    public List<HoldView> onOrganization(Caller.Person caller, UUID id) {
        var row =
                organizations
                        .find(id)
                        .orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        Visibility.of(caller).require(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        return ledger.open(HoldLedger.On.ORGANIZATION, id, caller.organizationId());
    }

    /** Nobody else's upload or deletion below is half done when this commits. */
    @Transactional
    public List<HoldView> holdOrganization(Caller.Person caller, UUID id, String reason) {
        var row = organizations.lockTree(id);
        Visibility.of(caller).require(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        return hold(caller, HoldLedger.On.ORGANIZATION, id, reason);
    }

    /**
     * Lifts those holds on an organization that this caller may lift.
     *
     * @throws Problem {@code hold not found} for none, {@code access denied to hold} when all were
     *     set from above
     */
    @Transactional
    public List<HoldView> liftOrganization(Caller.Person caller, UUID id) {
        var row = organizations.lockTree(id);
        Visibility.of(caller).require(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        return lift(caller, HoldLedger.On.ORGANIZATION, id);
    }

    /** The holds on a system itself. The caller has decided that this person may see it. */
    @Transactional(MANDATORY)
    List<HoldView> onSystem(Caller.Person caller, UUID id) {
        return ledger.open(HoldLedger.On.SYSTEM, id, caller.organizationId());
    }

    /** The system's account must be locked. */
    @Transactional(MANDATORY)
    List<HoldView> holdSystem(Caller.Person caller, UUID id, String reason) {
        return hold(caller, HoldLedger.On.SYSTEM, id, reason);
    }

    /** The system's account must be locked. */
    @Transactional(MANDATORY)
    List<HoldView> liftSystem(Caller.Person caller, UUID id) {
        return lift(caller, HoldLedger.On.SYSTEM, id);
    }

    private List<HoldView> hold(Caller.Person caller, HoldLedger.On on, UUID id, String reason) {
        if (reason.isBlank() || reason.length() > 500) {
            throw Paging.invalid("reason", "must have 1 to 500 characters", reason);
        }
        if (ledger.set(ids.next(), on, id, reason, caller.actor(), caller.organizationId())) {
            record(caller, on, id, "hold.set", Map.of("reason", reason));
        }
        return ledger.open(on, id, caller.organizationId());
    }

    private List<HoldView> lift(Caller.Person caller, HoldLedger.On on, UUID id) {
        var open = ledger.open(on, id, caller.organizationId());
        if (open.isEmpty()) {
            throw ProblemType.HOLD_NOT_FOUND.withoutDetail();
        }
        var ours = open.stream().filter(HoldView::liftable).toList();
        if (ours.isEmpty()) {
            throw ProblemType.ACCESS_DENIED_TO_HOLD.withoutDetail();
        }
        for (var hold : ours) {
            ledger.lift(hold.id(), caller.actor());
            record(caller, on, id, "hold.lifted", Map.of("hold_id", hold.id()));
        }
        return open.stream().filter(hold -> !hold.liftable()).toList();
    }

    private void record(
            Caller caller, HoldLedger.On on, UUID id, String action, Map<String, ?> detail) {
        var kind = on == HoldLedger.On.SYSTEM ? "system:" : "organization:";
        trail.record(caller, action, kind + id, "done", detail);
    }
}
