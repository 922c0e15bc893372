package coffer.fleet;

import coffer.platform.web.Paging;

import org.jspecify.annotations.Nullable;

import java.util.Set;
import java.util.UUID;

/**
 * What a list of systems is narrowed to; null is no matter.
 *
 * @param search found anywhere in the name, the fully qualified name or the system key
 * @param status {@code unknown}, {@code active}, {@code inactive}, {@code suspended}, {@code
 *     deleted} or {@code all}
 * @param legacyProtocol the last one by which it called as a client of the replaced platform, or
 *     {@code any}, or {@code none}
 * @param hierarchy with an organization: whether those below it count, too
 */
public record SystemFilter(
        @Nullable String search,
        @Nullable String type,
        @Nullable String status,
        @Nullable String legacyProtocol,
        @Nullable UUID organizationId,
        boolean hierarchy,
        @Nullable String backupState) {

    private static final String CHANGED = "coalesce(i.changed_at, h.last_at) > u.last_upload_at";

    /** All that are not fresh, or paused: few of many, and each part found by an index. */
    private static final String NOT_STALE =
            """
            not exists (select from (
                select s.appliance_id as id from appliance_usage s where s.last_upload_at is null
                union all
                select s.appliance_id from appliance_usage s where s.overdue_at <= ?
                union all
                select u.appliance_id from appliance_usage u
                  left join appliance_heartbeat h on h.appliance_id = u.appliance_id
                  left join appliance_inventory i on i.appliance_id = u.appliance_id
                 where u.due_at <= ? and %s) stale where stale.id = a.id)\
            """
                    .formatted(CHANGED);

    private static final Set<String> FEW =
            Set.of("never", "due", "late", "overdue", "paused", "suspended", "deleted");

    /** So few, in an ordinary fleet, that it costs least to find all of them once. */
    boolean fewMeet() {
        return (backupState != null && FEW.contains(backupState))
                || (status != null && FEW.contains(status));
    }

    /**
     * Adds what the filter says; returns whether the facts have to be joined for it.
     *
     * @param owner the column that names the organization, in the table that is read first
     * @param below true in a part of the tree: its systems are read and searched through, for the
     *     planner would ask the index of texts once for each organization
     * @param counting all that there are, rather than the first few in an order
     */
    boolean narrow(
            Conditions where,
            SystemListLedger.Times times,
            String owner,
            boolean below,
            boolean counting) {
        if (search != null && !search.isBlank()) {
            var searched = below ? "a.search || '' like ?" : "a.search like ?";
            where.and(searched, Conditions.containing(search));
        }
        where.andIf(type, "a.type = ?");
        legacy(where);
        var facts = status(where, times, owner);
        return state(where, times, owner, counting) || facts;
    }

    private void legacy(Conditions where) {
        switch (legacyProtocol) {
            case null -> {}
            case "any" -> where.and("a.last_legacy_protocol is not null");
            case "none" -> where.and("a.last_legacy_protocol is null");
            case "v2", "proxy", "isa", "machine", "nethbackup" ->
                    where.and("a.last_legacy_protocol = ?", legacyProtocol);
            default ->
                    throw Paging.invalid(
                            "last_legacy_protocol",
                            "must be one of any, isa, machine, nethbackup, none, proxy, v2",
                            legacyProtocol);
        }
    }

    private static String paused(String owner) {
        return "(a.suspended_at is not null or " + owner + " in " + BackupStates.SUSPENDED + ")";
    }

    private boolean status(Conditions where, SystemListLedger.Times times, String owner) {
        var gone = "(a.deleted_at is not null or " + owner + " in " + BackupStates.DELETED;
        if (!"deleted".equals(status) && !"all".equals(status)) {
            where.and("a.deleted_at is null and " + owner + " not in " + BackupStates.DELETED);
        }
        switch (status) {
            case null -> {}
            case "all" -> {}
            case "deleted" -> where.and(gone + ")");
            case "suspended" -> where.and(paused(owner));
            case "unknown" -> where.and("h.appliance_id is null");
            case "active" -> where.and("h.last_at > ?", times.activeSince());
            case "inactive" -> where.and("h.last_at <= ?", times.activeSince());
            default ->
                    throw Paging.invalid(
                            "status",
                            "must be one of active, all, deleted, inactive, suspended, unknown",
                            status);
        }
        return "unknown".equals(status) || "active".equals(status) || "inactive".equals(status);
    }

    /** As {@code backup_state} decides, but so that indexes on the times can be used. */
    private boolean state(
            Conditions where, SystemListLedger.Times times, String owner, boolean counting) {
        if (backupState == null) {
            return false;
        }
        var now = times.now();
        if (!backupState.equals("paused")) {
            where.and("a.suspended_at is null and " + owner + " not in " + BackupStates.SUSPENDED);
        }
        switch (backupState) {
            case "paused" -> where.and(paused(owner));
            case "never" ->
                    where.and(
                            "exists (select from appliance_usage n where n.appliance_id = a.id and"
                                    + " n.last_upload_at is null)");
            case "overdue" -> where.and("u.overdue_at <= ?", now);
            case "late" ->
                    where.and(
                            "u.due_at <= ? and u.late_at <= ? and u.overdue_at > ? and " + CHANGED,
                            now,
                            now,
                            now);
            case "due" ->
                    where.and(
                            "u.due_at <= ? and u.late_at > ? and u.overdue_at > ? and " + CHANGED,
                            now,
                            now,
                            now);
            case "fresh" -> {
                if (counting) {
                    where.and(NOT_STALE, now, now);
                    return false;
                }
                where.and(
                        "u.last_upload_at is not null and coalesce(u.overdue_at > ?, true) and"
                                + " coalesce(u.due_at > ? or not "
                                + CHANGED
                                + ", true)",
                        now,
                        now);
            }
            default ->
                    throw Paging.invalid(
                            "backup_state",
                            "must be one of due, fresh, late, never, overdue, paused",
                            backupState);
        }
        return true;
    }
}
