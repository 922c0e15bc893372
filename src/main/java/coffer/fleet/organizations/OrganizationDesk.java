package coffer.fleet.organizations;

import static coffer.platform.ProblemType.ACCESS_DENIED_TO_ORGANIZATION;

import coffer.fleet.Conditions;
import coffer.fleet.Sorting;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.organization.OrganizationRow;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;
import coffer.quota.OrganizationUsage;
import coffer.quota.Quotas;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Organizations as people see and run them: within their own subtree, and never their own. */
@ApplicationScoped
public class OrganizationDesk {

    private static final Map<String, String> COLUMNS =
            Map.of("name", "lower(o.name)", "created_at", "o.created_at", "type", "o.kind");

    /** It or one above it is of the few that have the mark, which are read once. */
    private static final String BELOW =
            "(path_ids(o.path) && array(select s.id from organization s where s.%s is not null))";

    private static final String GONE = BELOW.formatted("deleted_at");
    private static final String STOPPED = BELOW.formatted("suspended_at");

    private final Organizations organizations;
    private final OrganizationListLedger ledger;
    private final Quotas quotas;

    @Inject
    OrganizationDesk(Organizations organizations, OrganizationListLedger ledger, Quotas quotas) {
        this.organizations = organizations;
        this.ledger = ledger;
        this.quotas = quotas;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationDesk() {
        this(null, null, null);
    }

    /** What a list is narrowed to; null is no matter. */
    public record Filter(
            @Nullable String search,
            @Nullable String type,
            @Nullable String status,
            @Nullable UUID parentId) {}

    /** A page and how much there is in all. */
    public record Listing(List<OrganizationView> organizations, Paging.Pagination pagination) {}

    /** A page of the caller's subtree. */
    @Transactional
    public Listing list(Caller.Person caller, Filter filter, @Nullable String sort, Paging paging) {
        var where =
                new Conditions()
                        .and("me.id = ?", caller.organizationId())
                        .andIf(filter.type(), "o.kind = ?")
                        .andIf(filter.parentId(), "o.parent_id = ?");
        if (filter.search() != null && !filter.search().isBlank()) {
            where.and("lower(o.name) like ?", Conditions.containing(filter.search()));
        }
        where.and(status(filter.status()));
        var order = Sorting.by(sort, "name", COLUMNS, "o.id", Set.of()).forward();
        var total = ledger.count(where);
        var lines =
                ledger.page(where, order, paging).stream().map(one -> view(caller, one)).toList();
        return new Listing(lines, paging.of(total));
    }

    private static String status(@Nullable String status) {
        return switch (status) {
            case null -> "not " + GONE;
            case "active" -> "not " + GONE + " and not " + STOPPED;
            case "suspended" -> "not " + GONE + " and " + STOPPED;
            case "deleted" -> GONE;
            case "all" -> "true";
            default ->
                    throw Paging.invalid(
                            "status", "must be one of active, all, deleted, suspended", status);
        };
    }

    /** One of the caller's subtree. */
    @Transactional
    public OrganizationView find(Caller.Person caller, UUID id) {
        var one = ledger.find(id).orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        Visibility.of(caller).require(one.row().path(), ACCESS_DENIED_TO_ORGANIZATION);
        return view(caller, one);
    }

    /** A new one below {@code parentId}. */
    @Transactional
    public OrganizationView create(Caller.Person caller, String type, UUID parentId, String name) {
        var parent = organizations.lock(parentId);
        Visibility.of(caller).require(parent.path(), ACCESS_DENIED_TO_ORGANIZATION);
        refuseDeleted(organizations.along(parent.path()));
        return find(caller, organizations.create(caller, type, parentId, name).id());
    }

    /** Gives it another name. */
    @Transactional
    public OrganizationView rename(Caller.Person caller, UUID id, String name) {
        var row = organizations.lock(id);
        Visibility.of(caller).require(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        refuseDeleted(List.of(row));
        organizations.rename(caller, id, name);
        return find(caller, id);
    }

    /** Ends the access of its subtree until it is reactivated. */
    @Transactional
    public OrganizationView suspend(Caller.Person caller, UUID id) {
        refuseDeleted(List.of(below(caller, id)));
        organizations.suspend(caller, id);
        return find(caller, id);
    }

    /** Takes its own suspension back. */
    @Transactional
    public OrganizationView reactivate(Caller.Person caller, UUID id) {
        refuseDeleted(List.of(below(caller, id)));
        organizations.reactivate(caller, id);
        return find(caller, id);
    }

    /** Ends the access of its subtree; backups are kept. */
    @Transactional
    public OrganizationView delete(Caller.Person caller, UUID id) {
        below(caller, id);
        organizations.delete(caller, id);
        return find(caller, id);
    }

    /** Takes its own deletion back. */
    @Transactional
    public OrganizationView restore(Caller.Person caller, UUID id) {
        var row = below(caller, id);
        refuseDeleted(above(row));
        organizations.restore(caller, id);
        return find(caller, id);
    }

    /**
     * Hangs an organization with all below it elsewhere; usage goes along, to the last byte.
     *
     * @throws Problem when it may not stand there, the place is suspended or deleted, or a quota
     *     above it has no room; nothing is changed
     */
    @Transactional
    public OrganizationView move(Caller.Person caller, UUID id, UUID parentId) {
        var row = organizations.lockTree(id);
        var visible = Visibility.of(caller);
        visible.requireBelow(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        refuseDeleted(List.of(row));
        var parent =
                organizations
                        .find(parentId)
                        .orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        visible.require(parent.path(), ACCESS_DENIED_TO_ORGANIZATION);
        var from = above(row);
        var to = organizations.along(parent.path());
        refuseDeleted(to);
        refuseSuspended(to);
        organizations.move(caller, id, parentId);
        if (!quotas.move(id, from, to)) {
            throw ProblemType.TARGET_QUOTA.withoutDetail();
        }
        return find(caller, id);
    }

    /** What it uses, and what it may. */
    @Transactional
    public Usage usage(Caller.Person caller, UUID id) {
        var one = find(caller, id);
        var usage = quotas.usage(id);
        return new Usage(id, one.policy().quotaBytes(), quotas.usualCap(), usage);
    }

    /**
     * What it uses.
     *
     * @param quotaBytes of its subtree, 0 for none, or null where nobody set one
     * @param usualQuotaBytes what holds for its own systems where nobody set one; 0 is none
     */
    public record Usage(
            UUID organizationId,
            @Nullable Long quotaBytes,
            long usualQuotaBytes,
            OrganizationUsage usage) {}

    private OrganizationRow below(Caller.Person caller, UUID id) {
        var row = organizations.lock(id);
        Visibility.of(caller).requireBelow(row.path(), ACCESS_DENIED_TO_ORGANIZATION);
        return row;
    }

    private List<OrganizationRow> above(OrganizationRow row) {
        return organizations.along(row.path().subList(0, row.path().size() - 1));
    }

    private static OrganizationView view(Caller.Person caller, ListedOrganization one) {
        return OrganizationView.of(one, OrganizationActions.of(caller, one));
    }

    private static void refuseDeleted(List<OrganizationRow> along) {
        if (along.stream().anyMatch(OrganizationRow::deleted)) {
            throw ProblemType.ORGANIZATION_DELETED.withoutDetail();
        }
    }

    private static void refuseSuspended(List<OrganizationRow> along) {
        if (along.stream().anyMatch(OrganizationRow::suspended)) {
            throw ProblemType.ORGANIZATION_SUSPENDED.withoutDetail();
        }
    }
}
