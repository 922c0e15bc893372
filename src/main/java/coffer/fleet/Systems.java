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
                    "organization", "lower(o.name)");

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

    @Transactional(dontRollbackOn = Problem.class)
    Listing list(Caller.Person caller, SystemFilter filter, @Nullable String sort, Paging paging) {
        var where = new Conditions();
        var times = times();
        var from = new StringBuilder();
        var order = Sorting.by(sort, "name", COLUMNS, "a.id");
        var path = path(caller, filter);
        var root =
                filter.organizationId() == null ? caller.organizationId() : filter.organizationId();
        if (filter.organizationId() != null && !filter.hierarchy()) {
            where.and("a.organization_id = ?", root);
        } else if (path.length() > "/".length() * 2 + 36) {
            where.and("o.path ~>=~ ? and o.path ~<~ below(?)", path, path);
            from.append(" join organization o on o.id = a.organization_id");
        }
        if (order.contains("o.") && from.isEmpty()) {
            from.append(" join organization o on o.id = a.organization_id");
        }
        if (filter.narrow(where, times) || order.contains("u.") || order.contains("h.")) {
            from.append(BackupStates.FACTS);
        }
        var total = ledger.count(from.toString(), where);
        var lines =
                ledger.page(from.toString(), where, order, paging, times).stream()
                        .map(one -> one.seenBy(caller))
                        .toList();
        return new Listing(lines, paging.of(total));
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
    record Made(SystemView system, String secret) {}

    @Transactional
    Made create(Caller.Person caller, UUID organizationId, ApplianceDescription description) {
        desk.mayCreate(caller, organizationId);
        var made = appliances.create(caller, organizationId, description);
        return new Made(find(caller, made.row().id()), made.secret().reveal());
    }

    private SystemListLedger.Times times() {
        return SystemListLedger.Times.of(clock.instant(), appliances.activeWithin());
    }
}
