package coffer.quota;

import static jakarta.transaction.Transactional.TxType.MANDATORY;
import static jakarta.transaction.Transactional.TxType.REQUIRED;

import coffer.organization.OrganizationRow;
import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Bytes that may be used and bytes that are. Every method belongs to the transaction of the
 * decision it accounts for. Rows are locked in one order (the system's account, then organizations
 * by id), so that no two transactions wait for each other.
 */
@ApplicationScoped
public class Quotas {

    private final UsageLedger usage;
    private final ReservationLedger reservations;
    private final TreeLedger tree;
    private final QuotaSettings settings;
    private final RecountLedger recounts;

    @Inject
    Quotas(
            UsageLedger usage,
            ReservationLedger reservations,
            TreeLedger tree,
            QuotaSettings settings,
            RecountLedger recounts) {
        this.recounts = recounts;
        this.usage = usage;
        this.reservations = reservations;
        this.tree = tree;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Quotas() {
        this.usage = null;
        this.reservations = null;
        this.tree = null;
        this.settings = null;
        this.recounts = null;
    }

    /**
     * Locks a system's account until the transaction ends, making it at first need; the tree stands
     * until then, too. To be called before anything else is locked, and before anything about the
     * organizations above is read.
     */
    @Transactional(MANDATORY)
    public SystemAccount lock(UUID systemId) {
        return usage.lock(systemId);
    }

    /** As {@link #lock}, sent together with what is read behind the lock. */
    public Sql<SystemAccount> locking(UUID systemId) {
        return UsageLedger.locking(systemId);
    }

    /**
     * Charges every tier that has a cap and records which; the system's account must be locked.
     *
     * @param along the owning organization and all above it
     * @return false when one of them has no room: the caller must roll back
     */
    public Sql<Boolean> reserving(
            Reservation reservation, List<OrganizationRow> along, UUID owner) {
        var charges = new ArrayList<ReservationLedger.Charge>();
        for (var tier : along.stream().sorted(Comparator.comparing(OrganizationRow::id)).toList()) {
            var quota = tier.quotaBytes();
            if (quota != null && quota > 0) {
                charges.add(new ReservationLedger.Charge(tier.id(), "tree", quota));
            }
            if (tier.id().equals(owner)) {
                var cap = quota == null ? settings.organizationMaxBytes() : 0;
                charges.add(new ReservationLedger.Charge(owner, "own", cap));
            }
        }
        return ReservationLedger.opening(reservation, charges);
    }

    /**
     * Lengthens the leases of uploads that this node still receives; returns how many it still had.
     */
    @Transactional(REQUIRED)
    public int renew(String node, Collection<UUID> backupIds, Duration lease) {
        return backupIds.isEmpty() ? 0 : reservations.renew(node, backupIds, lease);
    }

    /**
     * The claims of the reservation, if this node holds it and its lease still runs; locks it. To
     * be sent behind {@link #locking}.
     */
    public Sql<Optional<List<UUID>>> holding(UUID backupId, String node) {
        return ReservationLedger.holding(backupId, node);
    }

    /**
     * Ends a reservation, giving back what it charged; nothing was sealed.
     *
     * @see #sealing
     */
    @Transactional(MANDATORY)
    public void giveBack(UUID backupId, UUID systemId) {
        usage.settle(
                Optional.of(backupId),
                systemId,
                UsageChange.NONE,
                Optional.empty(),
                settings.cadence());
    }

    /**
     * Ends a reservation, giving back what it charged, books what happened instead and moves the
     * system's sequence on; its account must be locked.
     */
    public Sql<?> sealing(
            UUID backupId, UUID systemId, UsageChange change, long seq, Instant uploadedAt) {
        return UsageLedger.settling(
                Optional.of(backupId),
                systemId,
                change,
                Optional.of(new UsageLedger.Seal(seq, uploadedAt)),
                settings.cadence());
    }

    /** Books a change that no reservation stands behind; the system's account must be locked. */
    @Transactional(MANDATORY)
    public void book(UUID systemId, UsageChange change) {
        usage.settle(Optional.empty(), systemId, change, Optional.empty(), settings.cadence());
    }

    /**
     * A live backup leaves by another way than the upload that claimed it: what it was to pay for
     * is charged to that upload now. The same transaction frees at least as much, so no cap is
     * passed.
     */
    @Transactional(MANDATORY)
    public void unclaim(UUID victimId, UUID systemId) {
        reservations.unclaim(victimId, systemId);
    }

    /** Locks many accounts, in the order of their ids. */
    @Transactional(MANDATORY)
    public void lockAll(Collection<UUID> systemIds) {
        recounts.lock(systemIds);
    }

    /** Books what left the trash of many systems; their accounts must be locked. */
    @Transactional(MANDATORY)
    public void bookTrash(Map<UUID, UsageChange> changes) {
        if (!changes.isEmpty()) {
            recounts.bookTrash(changes);
        }
    }

    /** Reckons anew when a system's uploads are expected; its account must be locked. */
    @Transactional(MANDATORY)
    public void expect(UUID systemId) {
        usage.expect(systemId, settings.cadence());
    }

    /**
     * Counts an organization's subtree from now on, or no longer, as its quota wants; the tree must
     * be locked ({@code Organizations.lockTree}), so that the sum is exact and stays so.
     */
    @Transactional(MANDATORY)
    public void count(UUID organizationId, boolean capped) {
        if (capped) {
            tree.count(organizationId);
        } else {
            tree.uncount(organizationId);
        }
    }

    /**
     * Sets a system's counters to what the catalogue says; its account must be locked.
     *
     * @return by how much they were wrong; empty when they were right
     */
    @Transactional(MANDATORY)
    public Optional<UsageChange> recount(UUID systemId) {
        return recounts.system(systemId);
    }

    /** Organizations whose counters seem not to be what the catalogue says. */
    @Transactional(REQUIRED)
    public List<UUID> miscounted() {
        return recounts.suspects();
    }

    /**
     * Sets an organization's counters to what the catalogue says, with all of its systems' accounts
     * locked meanwhile; false when they were right.
     */
    @Transactional(MANDATORY)
    public boolean recountOrganization(UUID organizationId) {
        return recounts.organization(organizationId);
    }

    /**
     * Moves a system's live and reserved bytes to another organization's counters, whatever the
     * number of its backups; its account must be locked.
     *
     * @param from the organizations above it until now
     * @param to those above it from now on, its new owner last
     * @return false when one of them has no room: the caller must roll back
     */
    @Transactional(MANDATORY)
    public boolean reassign(UUID systemId, List<OrganizationRow> from, List<OrganizationRow> to) {
        return tree.reassign(systemId, from, to, settings.organizationMaxBytes());
    }

    /**
     * Moves the bytes of a whole subtree from those above it until now to those above it from now
     * on; its paths are rewritten already and the tree is locked.
     *
     * @return false when one of them has no room: the caller must roll back
     */
    @Transactional(MANDATORY)
    public boolean move(UUID organizationId, List<OrganizationRow> from, List<OrganizationRow> to) {
        return tree.move(organizationId, from, to);
    }

    /** What an organization uses by itself and with all below it, in one query. */
    @Transactional(REQUIRED)
    public OrganizationUsage usage(UUID organizationId) {
        return usage.of(organizationId);
    }

    /** The cap of an organization that has none of its own, for its own systems; 0 is none. */
    public long usualCap() {
        return settings.organizationMaxBytes();
    }
}
