package coffer.quota;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.organization.OrganizationRow;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** Counters that move with a system, a subtree or a quota; exact, whatever happens meanwhile. */
@ApplicationScoped
class TreeLedger {

    private static final String BELOW =
            """
             from organization me
             join organization o on o.path ~>=~ me.path and o.path ~<~ below(me.path)
            """;

    private final EntityManager database;

    @Inject
    TreeLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected TreeLedger() {
        this(null);
    }

    /** Uploads under way are charged too, or they would pass the new cap when they land. */
    void count(UUID organizationId) {
        make(organizationId);
        if (counted(organizationId)) {
            return;
        }
        run(
                "insert into reservation_tier (backup_id, organization_id, scope, bytes)"
                        + " select r.backup_id, me.id, 'tree', r.charged_bytes"
                        + BELOW
                        + " join appliance a on a.organization_id = o.id"
                        + " join reservation r on r.appliance_id = a.id where me.id = ?1",
                organizationId);
        run(
                """
                update organization_usage
                   set tree_counted = true,
                       tree_live_bytes = (select coalesce(sum(u.own_live_bytes), 0)
                """
                        + BELOW
                        + """
                                 join organization_usage u on u.organization_id = o.id where me.id = ?1),
                               tree_reserved_bytes = (select coalesce(sum(t.bytes), 0) from reservation_tier t
                                                       where t.organization_id = ?1 and t.scope = 'tree')
                         where organization_id = ?1\
                        """,
                organizationId);
    }

    void uncount(UUID organizationId) {
        run(
                "delete from reservation_tier where organization_id = ?1 and scope = 'tree'",
                organizationId);
        run(
                """
                update organization_usage set tree_counted = false, tree_live_bytes = 0, tree_reserved_bytes = 0
                 where organization_id = ?1 and tree_counted\
                """,
                organizationId);
    }

    boolean reassign(
            UUID systemId, List<OrganizationRow> from, List<OrganizationRow> to, long usualCap) {
        var bytes =
                rows(query(
                                database,
                                "select live_bytes, reserved_bytes from appliance_usage"
                                        + " where appliance_id = ?1",
                                systemId))
                        .getFirst();
        var owner = to.getLast();
        var steps = new TreeMap<UUID, Change>();
        from.stream()
                .filter(capped().and(absent(to)))
                .forEach(tier -> change(steps, tier).tree = -1);
        to.stream()
                .filter(capped().and(absent(from)))
                .forEach(tier -> change(steps, tier).tree = 1);
        // The two owners' own counters change even where one of them stands above the other.
        change(steps, from.getLast()).own = -1;
        change(steps, owner).own = 1;
        for (var step : steps.entrySet()) {
            var id = step.getKey();
            var change = step.getValue();
            make(id);
            var ownCap = change.own > 0 && owner.quotaBytes() == null ? usualCap : 0;
            var treeCap = change.tree > 0 ? quota(to, id) : 0;
            if (!book(id, change, number(bytes[0]), number(bytes[1]), ownCap, treeCap)) {
                return false;
            }
            recharge(id, change, "r.appliance_id = ?2", systemId);
        }
        return true;
    }

    private static Change change(TreeMap<UUID, Change> steps, OrganizationRow tier) {
        return steps.computeIfAbsent(tier.id(), any -> new Change());
    }

    boolean move(UUID organizationId, List<OrganizationRow> from, List<OrganizationRow> to) {
        var bytes =
                rows(query(
                                database,
                                "select coalesce(sum(u.own_live_bytes), 0),"
                                        + " coalesce(sum(u.own_reserved_bytes), 0)"
                                        + BELOW
                                        + " join organization_usage u on u.organization_id"
                                        + " = o.id where me.id = ?1",
                                organizationId))
                        .getFirst();
        var inSubtree =
                "r.appliance_id in (select a.id"
                        + BELOW
                        + " join appliance a on a.organization_id = o.id where me.id = ?2)";
        for (var tier : sorted(from, capped().and(absent(to)))) {
            var change = new Change();
            change.tree = -1;
            book(tier.id(), change, number(bytes[0]), number(bytes[1]), 0, 0);
            recharge(tier.id(), change, inSubtree, organizationId);
        }
        for (var tier : sorted(to, capped().and(absent(from)))) {
            var change = new Change();
            change.tree = 1;
            if (!book(
                    tier.id(),
                    change,
                    number(bytes[0]),
                    number(bytes[1]),
                    0,
                    quota(to, tier.id()))) {
                return false;
            }
            recharge(tier.id(), change, inSubtree, organizationId);
        }
        return true;
    }

    /** Adds or takes; what is added must fit below the caps, 0 being none. */
    private boolean book(
            UUID organizationId, Change change, long live, long reserved, long cap, long treeCap) {
        return query(
                                database,
                                """
                                update organization_usage
                                   set own_live_bytes = own_live_bytes + ?2, own_reserved_bytes = own_reserved_bytes + ?3,
                                       tree_live_bytes = tree_live_bytes + ?4, tree_reserved_bytes = tree_reserved_bytes + ?5
                                 where organization_id = ?1
                                   and (?2 + ?3 = 0 or ?6 = 0 or own_live_bytes + own_reserved_bytes + ?2 + ?3 <= ?6)
                                   and (?4 + ?5 = 0 or ?7 = 0 or tree_live_bytes + tree_reserved_bytes + ?4 + ?5 <= ?7)\
                                """,
                                organizationId,
                                change.own * live,
                                change.own * reserved,
                                change.tree * live,
                                change.tree * reserved,
                                cap,
                                treeCap)
                        .executeUpdate()
                == 1;
    }

    /** Uploads under way are charged to the counters that their systems' bytes are in. */
    private void recharge(UUID organizationId, Change change, String whose, UUID id) {
        recharge(organizationId, "own", change.own, whose, id);
        recharge(organizationId, "tree", change.tree, whose, id);
    }

    private void recharge(UUID organizationId, String scope, int sign, String whose, UUID id) {
        if (sign < 0) {
            query(
                            database,
                            "delete from reservation_tier t using reservation r where"
                                    + " t.organization_id = ?1 and t.scope = ?3 and r.backup_id ="
                                    + " t.backup_id and "
                                    + whose,
                            organizationId,
                            id,
                            scope)
                    .executeUpdate();
        } else if (sign > 0) {
            query(
                            database,
                            "insert into reservation_tier (backup_id, organization_id, scope,"
                                    + " bytes) select r.backup_id, ?1, ?3, r.charged_bytes from"
                                    + " reservation r where "
                                    + whose,
                            organizationId,
                            id,
                            scope)
                    .executeUpdate();
        }
    }

    private void make(UUID organizationId) {
        run(
                "insert into organization_usage (organization_id) values (?1) on conflict do"
                        + " nothing",
                organizationId);
    }

    private boolean counted(UUID organizationId) {
        return (boolean)
                query(
                                database,
                                "select tree_counted from organization_usage where organization_id"
                                        + " = ?1",
                                organizationId)
                        .getSingleResult();
    }

    private void run(String sql, UUID id) {
        query(database, sql, id).executeUpdate();
    }

    private static List<OrganizationRow> sorted(
            List<OrganizationRow> tiers, Predicate<OrganizationRow> wanted) {
        return tiers.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(OrganizationRow::id))
                .toList();
    }

    private static Predicate<OrganizationRow> capped() {
        return tier -> tier.policy().capped();
    }

    private static Predicate<OrganizationRow> absent(List<OrganizationRow> others) {
        var ids = others.stream().map(OrganizationRow::id).toList();
        return tier -> !ids.contains(tier.id());
    }

    private static long quota(List<OrganizationRow> tiers, UUID id) {
        return tiers.stream()
                .filter(tier -> tier.id().equals(id) && tier.policy().capped())
                .mapToLong(tier -> Objects.requireNonNull(tier.quotaBytes()))
                .findFirst()
                .orElse(0);
    }

    /** What one organization's counters get: nothing, all, or all taken away. */
    private static final class Change {
        private int own;
        private int tree;
    }
}
