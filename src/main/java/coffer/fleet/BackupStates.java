package coffer.fleet;

/**
 * A system's backup state as SQL, for whoever reads many systems at once: the one definition of
 * {@code never}, {@code fresh}, {@code due}, {@code late}, {@code overdue} and {@code paused} (ADR
 * 0034, docs/glossary.md).
 */
public final class BackupStates {

    /** What a state needs besides the system itself, which is {@code appliance a}. */
    public static final String FACTS =
            """
             left join appliance_usage u on u.appliance_id = a.id
             left join appliance_heartbeat h on h.appliance_id = a.id
             left join appliance_inventory i on i.appliance_id = a.id
            """;

    /** Organizations that are suspended, or deleted, themselves or by one above; mostly none. */
    static final String SUSPENDED = stopped("suspended_at");

    static final String DELETED = stopped("deleted_at");

    private BackupStates() {}

    /** The state as of an instant, an SQL expression over {@code appliance a} and the facts. */
    public static String asOf(String instant) {
        return state("i.changed_at, h.last_at", instant);
    }

    /** The same over {@link #movedAsOf}. */
    static String ofMovedAsOf(String instant) {
        return state("m.changed_at, null", instant);
    }

    /**
     * The facts, where all systems are read: of heartbeats and inventories only those that can make
     * a difference, of systems whose backup is due and not yet overdue.
     */
    static String movedAsOf(String instant) {
        return """
         left join appliance_usage u on u.appliance_id = a.id
         left join (select v.appliance_id, coalesce(i.changed_at, h.last_at) as changed_at
                      from appliance_usage v
                      left join appliance_heartbeat h on h.appliance_id = v.appliance_id
                      left join appliance_inventory i on i.appliance_id = v.appliance_id
                     where v.due_at <= %1$s and v.overdue_at > %1$s) m on m.appliance_id = a.id
        """
                .formatted(instant);
    }

    private static String state(String changes, String instant) {
        return """
        backup_state(a.suspended_at is not null or a.deleted_at is not null or a.organization_id in %s
                     or a.organization_id in %s,
                     u.last_upload_at, u.due_at, u.late_at, u.overdue_at, %s, %s)\
        """
                .formatted(SUSPENDED, DELETED, changes, instant);
    }

    /**
     * Each stopped organization's subtree is one range of an index. The {@code offset} keeps the
     * planner, which cannot know how few they are, from comparing all organizations with each.
     */
    private static String stopped(String mark) {
        return "(select b.id from organization s cross join lateral (select d.id from organization d"
                + " where d.path ~>=~ s.path and d.path ~<~ below(s.path) offset 0) b where s."
                + mark
                + " is not null)";
    }
}
