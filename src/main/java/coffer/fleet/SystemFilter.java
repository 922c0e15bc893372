package coffer.fleet;

import coffer.platform.web.Paging;

import org.jspecify.annotations.Nullable;

import java.util.UUID;

/**
 * What a list of systems is narrowed to; null is no matter.
 *
 * @param search found anywhere in the name, the fully qualified name or the system key
 * @param status {@code unknown}, {@code active}, {@code inactive}, {@code suspended}, {@code
 *     deleted} or {@code all}
 * @param hierarchy with an organization: whether those below it count, too
 */
record SystemFilter(
        @Nullable String search,
        @Nullable String type,
        @Nullable String status,
        @Nullable UUID organizationId,
        boolean hierarchy,
        @Nullable String backupState) {

    private static final String CHANGED = "coalesce(i.changed_at, h.last_at) > u.last_upload_at";

    private static final String PAUSED =
            "(a.suspended_at is not null or a.organization_id in "
                    + BackupStates.SUSPENDED
                    + ")";

    /** Adds what the filter says; returns whether the facts have to be joined for it. */
    boolean narrow(Conditions where, SystemListLedger.Times times) {
        if (search != null && !search.isBlank()) {
            var pattern = Conditions.containing(search);
            where.and(
                    "(lower(a.name) like ? or lower(a.fqdn) like ? or lower(a.system_key) like ?)",
                    pattern,
                    pattern,
                    pattern);
        }
        where.andIf(type, "a.type = ?");
        var facts = status(where, times);
        return state(where, times) || facts;
    }

    private boolean status(Conditions where, SystemListLedger.Times times) {
        var gone = "(a.deleted_at is not null or a.organization_id in " + BackupStates.DELETED;
        if (!"deleted".equals(status) && !"all".equals(status)) {
            where.and(
                    "a.deleted_at is null and a.organization_id not in "
                            + BackupStates.DELETED);
        }
        switch (status) {
            case null -> {}
            case "all" -> {}
            case "deleted" -> where.and(gone + ")");
            case "suspended" -> where.and(PAUSED);
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
    private boolean state(Conditions where, SystemListLedger.Times times) {
        if (backupState == null) {
            return false;
        }
        var now = times.now();
        if (!backupState.equals("paused")) {
            where.and("not " + PAUSED);
        }
        switch (backupState) {
            case "paused" -> where.and(PAUSED);
            case "never" -> where.and("u.last_upload_at is null");
            case "overdue" -> where.and("u.overdue_at <= ?", now);
            case "late" ->
                    where.and("u.late_at <= ? and u.overdue_at > ? and " + CHANGED, now, now);
            case "due" ->
                    where.and(
                            "u.due_at <= ? and u.late_at > ? and u.overdue_at > ? and " + CHANGED,
                            now,
                            now,
                            now);
            case "fresh" ->
                    where.and(
                            "u.last_upload_at is not null and coalesce(u.overdue_at > ?, true) and"
                                    + " coalesce(u.due_at > ? or not "
                                    + CHANGED
                                    + ", true)",
                            now,
                            now);
            default ->
                    throw Paging.invalid(
                            "backup_state",
                            "must be one of due, fresh, late, never, overdue, paused",
                            backupState);
        }
        return true;
    }
}
