package coffer.fleet;

import static coffer.platform.ProblemType.ACCESS_DENIED_TO_ORGANIZATION;
import static coffer.platform.ProblemType.ACCESS_DENIED_TO_SYSTEM;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.appliance.ApplianceDescription;
import coffer.appliance.ApplianceRow;
import coffer.appliance.Appliances;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.organization.OrganizationRow;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.quota.Quotas;
import coffer.quota.SystemAccount;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What people do to systems. Each deed first locks the system's account, so that who owns it is
 * settled before it is decided whether this caller may.
 */
@ApplicationScoped
public class SystemDesk {

    private final Appliances appliances;
    private final Organizations organizations;
    private final Quotas quotas;
    private final Holds holds;

    @Inject
    SystemDesk(Appliances appliances, Organizations organizations, Quotas quotas, Holds holds) {
        this.appliances = appliances;
        this.organizations = organizations;
        this.quotas = quotas;
        this.holds = holds;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemDesk() {
        this(null, null, null, null);
    }

    /** Refuses an organization out of sight, or a deleted one. */
    @Transactional(MANDATORY)
    void mayCreate(Caller.Person caller, UUID organizationId) {
        var owner = organizations.lock(organizationId);
        Visibility.of(caller).require(owner.path(), ACCESS_DENIED_TO_ORGANIZATION);
        refuseDeleted(organizations.along(owner.path()));
    }

    /** The system's account, locked, if this caller sees the system. */
    @Transactional(MANDATORY)
    public SystemAccount account(Caller.Person caller, UUID id) {
        var account = quotas.lock(id);
        Visibility.of(caller).require(account.organizationPath(), ACCESS_DENIED_TO_SYSTEM);
        return account;
    }

    /** What it is called, and how often its backups are expected. */
    @Transactional
    public void describe(
            Caller.Person caller,
            UUID id,
            ApplianceDescription description,
            @Nullable Duration cadence) {
        living(caller, id);
        appliances.describe(caller, id, description, cadence);
        quotas.expect(id);
    }

    /** Ends its access until it is reactivated. */
    @Transactional
    public void suspend(Caller.Person caller, UUID id) {
        living(caller, id);
        appliances.suspend(caller, id);
    }

    /** Takes its own suspension back. */
    @Transactional
    public void reactivate(Caller.Person caller, UUID id) {
        living(caller, id);
        appliances.reactivate(caller, id);
    }

    /** Softly: its access ends, its backups are kept. */
    @Transactional
    public void delete(Caller.Person caller, UUID id) {
        account(caller, id);
        appliances.delete(caller, id);
    }

    /** Refused while its organization, or one above, is deleted. */
    @Transactional
    public void restore(Caller.Person caller, UUID id) {
        var account = account(caller, id);
        refuseDeleted(organizations.along(account.organizationPath()));
        appliances.restore(caller, id);
    }

    /** A new secret; the old one works for {@code overlap} longer. */
    @Transactional
    public String regenerate(Caller.Person caller, UUID id, Duration overlap) {
        living(caller, id);
        return appliances.rotateSecret(caller, id, overlap).reveal();
    }

    /** A secret for replacement hardware; the old one works until that has registered. */
    @Transactional
    public String reissue(Caller.Person caller, UUID id) {
        living(caller, id);
        return appliances.reissue(caller, id).reveal();
    }

    /**
     * Gives a system to another organization: one transaction, whatever the number of its backups.
     * Its id, key, secret, backups, times and addresses stay; usage goes along, also that of
     * uploads under way.
     *
     * @throws Problem when the target is out of sight, suspended, deleted or full; nothing is
     *     changed
     */
    @Transactional
    public void reassign(Caller.Person caller, UUID id, UUID organizationId) {
        var account = living(caller, id);
        var target = organizations.lock(organizationId);
        Visibility.of(caller).require(target.path(), ACCESS_DENIED_TO_ORGANIZATION);
        var to = organizations.along(target.path());
        refuseDeleted(to);
        if (to.stream().anyMatch(OrganizationRow::suspended)) {
            throw ProblemType.ORGANIZATION_SUSPENDED.withoutDetail();
        }
        if (organizationId.equals(account.organizationId())) {
            return;
        }
        var from = organizations.along(account.organizationPath());
        appliances.reassign(caller, id, account.organizationId(), organizationId);
        if (!quotas.reassign(id, from, to)) {
            throw ProblemType.TARGET_QUOTA.withoutDetail();
        }
    }

    /** The open legal holds on it. */
    @Transactional
    public List<HoldView> holds(Caller.Person caller, UUID id) {
        account(caller, id);
        return holds.onSystem(caller, id);
    }

    /** One more legal hold, by the caller's organization. */
    @Transactional
    public List<HoldView> hold(Caller.Person caller, UUID id, String reason) {
        account(caller, id);
        return holds.holdSystem(caller, id, reason);
    }

    /** Ends the holds that the caller may lift. */
    @Transactional
    public List<HoldView> lift(Caller.Person caller, UUID id) {
        account(caller, id);
        return holds.liftSystem(caller, id);
    }

    private SystemAccount living(Caller.Person caller, UUID id) {
        var account = account(caller, id);
        if (appliances.find(id).map(ApplianceRow::deletedAt).isPresent()) {
            throw ProblemType.SYSTEM_IS_DELETED.withoutDetail();
        }
        return account;
    }

    private static void refuseDeleted(List<OrganizationRow> along) {
        if (along.stream().anyMatch(OrganizationRow::deleted)) {
            throw ProblemType.ORGANIZATION_DELETED.withoutDetail();
        }
    }
}
