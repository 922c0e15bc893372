package coffer.erasure;

import static coffer.erasure.PurgeRow.ORGANIZATION;
import static coffer.erasure.PurgeRow.SYSTEM;
import static coffer.platform.ProblemType.ACCESS_DENIED_TO_ORGANIZATION;
import static coffer.platform.ProblemType.ACCESS_DENIED_TO_PURGE;
import static coffer.platform.ProblemType.ACCESS_DENIED_TO_SYSTEM;

import coffer.access.CredentialsChanged;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.id.Visibility;
import coffer.platform.Ids;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Erasures by law, as people ask for them: only of what is deleted already and under no legal hold,
 * once for each thing however often they ask. What is accepted cannot be taken back; the job {@code
 * gdpr-purge} goes on with it until it is done.
 */
@ApplicationScoped
public class Purges {

    private final PurgeLedger ledger;
    private final PurgeNotes notes;
    private final PurgeRuns runs;
    private final Event<CredentialsChanged> changes;
    private final Ids ids;

    @Inject
    Purges(
            PurgeLedger ledger,
            PurgeNotes notes,
            PurgeRuns runs,
            Event<CredentialsChanged> changes,
            Ids ids) {
        this.ledger = ledger;
        this.notes = notes;
        this.runs = runs;
        this.changes = changes;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Purges() {
        this(null, null, null, null, null);
    }

    /**
     * Has a system erased.
     *
     * @throws coffer.platform.Problem not found, outside the caller's subtree, not deleted, or held
     */
    @Transactional(rollbackOn = RuntimeException.class)
    public PurgeRow destroySystem(Caller.Person caller, UUID id) {
        return destroy(caller, SYSTEM, id);
    }

    /**
     * Has an organization erased with all below it: systems, organizations, people.
     *
     * @throws coffer.platform.Problem as above; nobody erases their own organization
     */
    @Transactional(rollbackOn = RuntimeException.class)
    public PurgeRow destroyOrganization(Caller.Person caller, UUID id) {
        return destroy(caller, ORGANIZATION, id);
    }

    /** An erasure of something in the caller's subtree. */
    @Transactional
    public PurgeRow find(Caller.Person caller, UUID id) {
        var purge = ledger.find(id).orElseThrow(ProblemType.PURGE_NOT_FOUND::withoutDetail);
        var needed =
                purge.subjectKind().equals(SYSTEM)
                        ? Permission.SYSTEMS_DESTROY
                        : Permission.ORGANIZATIONS_DESTROY;
        if (!caller.may(needed)) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
        Visibility.of(caller).require(purge.path(), ACCESS_DENIED_TO_PURGE);
        return purge;
    }

    /** The erasure that was asked for an organization itself, if the caller may see it. */
    @Transactional
    public Optional<PurgeRow> ofOrganization(Caller.Person caller, UUID id) {
        return ledger.of(ORGANIZATION, id)
                .filter(purge -> caller.may(Permission.ORGANIZATIONS_DESTROY))
                .filter(purge -> Visibility.of(caller).covers(purge.path()));
    }

    /**
     * A page of the erasures in the caller's subtree, the latest first.
     *
     * @throws coffer.platform.Problem to whoever may not erase
     */
    @Transactional
    public List<PurgeRow> list(Caller.Person caller, long from, int most) {
        return ledger.page(root(caller), from, most);
    }

    /** How many there are. */
    @Transactional
    public long count(Caller.Person caller) {
        return ledger.count(root(caller));
    }

    private static UUID root(Caller.Person caller) {
        if (!caller.may(Permission.SYSTEMS_DESTROY)
                || !caller.may(Permission.ORGANIZATIONS_DESTROY)) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
        return caller.organizationId();
    }

    /** Has an accepted erasure begin; tells the run that was first begun for it. */
    @Transactional(rollbackOn = RuntimeException.class)
    public UUID begin(Caller caller, UUID id) {
        var known = ledger.find(id).orElseThrow(ProblemType.PURGE_NOT_FOUND::withoutDetail).runId();
        if (known != null) {
            return known;
        }
        var run = runs.begin(caller);
        ledger.run(id, run);
        return run;
    }

    private PurgeRow destroy(Caller.Person caller, String kind, UUID id) {
        var subject = ledger.lock(kind, id);
        var known = ledger.of(kind, id);
        if (known.isPresent()) {
            return find(caller, known.get().id());
        }
        var system = kind.equals(SYSTEM);
        var found =
                subject.orElseThrow(
                        system
                                ? ProblemType.SYSTEM_NOT_FOUND::withoutDetail
                                : ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        if (system) {
            Visibility.of(caller).require(found.ids(), ACCESS_DENIED_TO_SYSTEM);
        } else {
            Visibility.of(caller).requireBelow(found.ids(), ACCESS_DENIED_TO_ORGANIZATION);
        }
        if (!found.deleted()) {
            throw (system ? ProblemType.SYSTEM_NOT_DELETED : ProblemType.ORGANIZATION_NOT_DELETED)
                    .withoutDetail();
        }
        var purge = ids.next();
        ledger.add(purge, kind, id, found.path(), caller.actor());
        ledger.gather(purge);
        if (ledger.held(purge)) {
            throw ProblemType.LEGAL_HOLD.withoutDetail();
        }
        changes.fire(
                system ? CredentialsChanged.ofSystem(id) : CredentialsChanged.ofOrganization(id));
        var row = ledger.find(purge).orElseThrow();
        notes.requested(caller, row);
        return row;
    }
}
