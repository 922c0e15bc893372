package coffer.fleet;

import static coffer.platform.ProblemType.ACCESS_DENIED_TO_ORGANIZATION;
import static coffer.platform.ProblemType.ACCESS_DENIED_TO_SYSTEM;

import coffer.appliance.ApplianceDescription;
import coffer.appliance.Appliances;
import coffer.id.Caller;
import coffer.id.Visibility;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Systems as people see them: those of their subtree, by the systems' present owners. */
@ApplicationScoped
public class Systems {

    private static final Map<String, String> COLUMNS =
            Map.of(
                    "name", "lower(a.name)",
                    "created_at", "a.created_at",
                    "type", "a.type",
                    "last_backup_at", "u.last_upload_at",
                    "last_heartbeat", "h.last_at",
                    "last_legacy_at", "a.last_legacy_at",
                    "organization", "lower(o.name)");

    private static final Set<String> NULLABLE =
            Set.of("type", "last_backup_at", "last_heartbeat", "last_legacy_at");

    private final SystemListLedger ledger;
    private final Appliances appliances;
    private final SystemDesk desk;
    private final Clock clock;

    @Inject
    Systems(SystemListLedger ledger, Appliances appliances, SystemDesk desk, Clock clock) {
        this.ledger = ledger;
        this.appliances = appliances;
        this.desk = desk;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Systems() {
        this(null, null, null, null);
    }

    /** A page and how much there is in all. */
    public record Listing(List<SystemView> systems, Paging.Pagination pagination) {}

    /**
     * A page of those that the caller sees.
     *
     * @param sort a column of the list, with a minus for downwards; null for the names
     */
    @Transactional(dontRollbackOn = Problem.class)
    public Listing list(
            Caller.Person caller, SystemFilter filter, @Nullable String sort, Paging paging) {
        var order = Sorting.by(sort, "name", COLUMNS, "a.id", NULLABLE);
        var path = path(caller, filter);
        var times = times();
        if (filter.fewMeet()) {
            var where = new Conditions();
            var from = from(where, path, filter, times, order);
            var few = ledger.few(from, where, order, paging, times);
            if (few.total() > 0 || paging.offset() == 0) {
                return new Listing(seen(few.lines(), caller), paging.of(few.total()));
            }
        }
        var all = new Conditions();
        var total = ledger.count(from(all, path, filter, times, null), all);
        if (paging.offset() >= total) {
            return new Listing(List.of(), paging.of(total));
        }
        var where = new Conditions();
        var from = from(where, path, filter, times, order);
        var lines = ledger.page(from, where, order, paging, total, times);
        return new Listing(seen(lines, caller), paging.of(total));
    }

    private static List<SystemView> seen(List<ListedSystem> lines, Caller.Person caller) {
        return lines.stream().map(one -> one.seenBy(caller)).toList();
    }

    /** Adds the conditions; the joins that they need, and the order, unless all is only counted. */
    private static String from(
            Conditions where,
            String path,
            SystemFilter filter,
            SystemListLedger.Times times,
            @Nullable Sorting order) {
        var from = new StringBuilder();
        var column = order == null ? "" : order.column();
        var one = filter.hierarchy() ? null : filter.organizationId();
        var below = one == null && path.length() > "/".length() * 2 + 36;
        if (one != null) {
            where.and("a.organization_id = ?", one);
        } else if (below) {
            where.and("o.path ~>=~ ? and o.path ~<~ below(?)", path, path);
        }
        if (below || column.contains("o.")) {
            from.append(" join organization o on o.id = a.organization_id");
        }
        var facts =
                filter.narrow(
                        where, times, below ? "o.id" : "a.organization_id", below, order == null);
        if (facts || column.startsWith("u.") || column.startsWith("h.")) {
            from.append(BackupStates.FACTS);
        }
        return from.toString();
    }

    /** Of the organization that the list is about, which the caller must see. */
    private String path(Caller.Person caller, SystemFilter filter) {
        var own = ledger.path(caller.organizationId()).orElse("/-/");
        if (filter.organizationId() == null) {
            return own;
        }
        var path =
                ledger.path(filter.organizationId())
                        .orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        if (!path.startsWith(own)) {
            throw ACCESS_DENIED_TO_ORGANIZATION.withoutDetail();
        }
        return path;
    }

    /** One that the caller sees. */
    @Transactional(dontRollbackOn = Problem.class)
    public SystemView find(Caller.Person caller, UUID id) {
        var one = ledger.find(id, times()).orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        Visibility.of(caller).require(one.path(), ACCESS_DENIED_TO_SYSTEM);
        return one.seenBy(caller);
    }

    /**
     * A new one.
     *
     * @param secret told here and never again
     */
    public record Made(SystemView system, String secret) {}

    /** Makes one; the caller must see its organization, which must not be deleted. */
    @Transactional
    public Made create(
            Caller.Person caller, UUID organizationId, ApplianceDescription description) {
        desk.mayCreate(caller, organizationId);
        var made = appliances.create(caller, organizationId, description);
        return new Made(find(caller, made.row().id()), made.secret().reveal());
    }

    private SystemListLedger.Times times() {
        return SystemListLedger.Times.of(clock.instant(), appliances.activeWithin());
    }
}
