package coffer.fleet;

/**
 * A system's backup state as SQL, for whoever reads many systems at once: the one definition of
 * {@code never}, {@code fresh}, {@code due}, {@code late}, {@code overdue} and {@code paused} (ADR
 * 0034, docs/glossary.md).
 */
public final class BackupStates {

    /** Of what a state needs, the part that no upload changes. */
    static final String SIGNS =
            """
             left join appliance_heartbeat h on h.appliance_id = a.id
             left join appliance_inventory i on i.appliance_id = a.id
            """;

    /** What a state needs besides the system itself, which is {@code appliance a}. */
    public static final String FACTS =
            " left join appliance_usage u on u.appliance_id = a.id\n" + SIGNS;

    /** Organizations that are suspended, or deleted, themselves or by one above; mostly none. */
    static final String SUSPENDED = stopped("suspended_at");

    static final String DELETED = stopped("deleted_at");

    /** That nothing is expected of {@code appliance a}. */
    static final String PAUSED =
            "a.suspended_at is not null or a.deleted_at is not null or a.organization_id in "
                    + SUSPENDED
                    + " or a.organization_id in "
                    + DELETED;

    private BackupStates() {}

    /** The state as of an instant, an SQL expression over {@code appliance a} and the facts. */
    public static String asOf(String instant) {
        return """
        backup_state(%s,
                     u.last_upload_at, u.due_at, u.late_at, u.overdue_at, i.changed_at, h.last_at, %s)\
        """
                .formatted(PAUSED, instant);
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
