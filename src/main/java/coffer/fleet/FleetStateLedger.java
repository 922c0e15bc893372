package coffer.fleet;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sums over a subtree, each by one statement. */
@ApplicationScoped
class FleetStateLedger {

    private static final String BELOW = " o.path ~>=~ ?1 and o.path ~<~ below(?1)";

    private static final String LIVING =
            "a.deleted_at is null and a.organization_id not in " + BackupStates.DELETED;

    private static final String OF_PART =
            "select "
                    + BackupStates.asOf("?2")
                    + ", count(*) from appliance a join organization o on o.id = a.organization_id"
                    + BackupStates.FACTS
                    + " where "
                    + LIVING
                    + " and"
                    + BELOW
                    + " group by 1";

    /**
     * Of the whole tree it need not be asked whose a system is. Most are fresh: they are what
     * remains of all, and only those whose backup is due, or that never sent one, are asked for
     * their signs of life.
     */
    private static final String OF_ALL =
            """
            with here as materialized (select count(*) as systems, count(*) filter (where %1$s) as paused
                                         from appliance a where %2$s)
            select 'systems', systems from here union all select 'paused', paused from here union all
            select s.state, count(*)
              from (select %3$s as state from appliance_usage u join appliance a on a.id = u.appliance_id %4$s
                     where (u.last_upload_at is null or u.due_at <= ?2 or u.overdue_at <= ?2) and %2$s) s
             where s.state not in ('paused', 'fresh') and ?1 like '/%%' group by 1
            """
                    .formatted(
                            BackupStates.PAUSED,
                            LIVING,
                            BackupStates.asOf("?2"),
                            BackupStates.SIGNS);

    private static final String ALERTS =
            """
            select l.code, l.severity, l.opened_at, a.id, a.name
              from alert l
              join appliance a on a.id = case when l.subject like 'system:%' then cast(substr(l.subject, 8) as uuid) end
              join organization o on o.id = a.organization_id
             where l.resolved_at is null and a.deleted_at is null and
            """
                    + BELOW
                    + " order by array_position(array['critical', 'warning', 'info'], l.severity), l.opened_at, l.id"
                    + " limit ?2";

    private static final String OF_SYSTEM =
            """
            select code, severity, opened_at from alert where resolved_at is null and subject = ?1
             order by array_position(array['critical', 'warning', 'info'], severity), opened_at, id\
            """;

    private final EntityManager database;

    @Inject
    FleetStateLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected FleetStateLedger() {
        this(null);
    }

    Map<String, Long> counts(String path, OffsetDateTime now) {
        var counts = new LinkedHashMap<String, Long>();
        for (var row : rows(query(database, isWhole(path) ? OF_ALL : OF_PART, path, now))) {
            counts.put((String) row[0], number(row[1]));
        }
        var systems = counts.remove("systems");
        if (systems != null) {
            counts.put("fresh", systems - counts.values().stream().mapToLong(n -> n).sum());
            counts.values().removeIf(n -> n == 0);
        }
        return counts;
    }

    private static boolean isWhole(String path) {
        return path.indexOf('/', 1) == path.length() - 1;
    }

    List<FleetStates.OpenAlert> alerts(String path, int most) {
        return rows(query(database, ALERTS, path, most)).stream()
                .map(row ->
                        new FleetStates.OpenAlert(
                                (String) row[0],
                                (String) row[1],
                                instant(row[2]),
                                (UUID) row[3],
                                (String) row[4]))
                .toList();
    }

    List<FleetStates.OpenAlert> alertsOf(UUID system, String name) {
        return rows(query(database, OF_SYSTEM, "system:" + system)).stream()
                .map(row ->
                        new FleetStates.OpenAlert(
                                (String) row[0], (String) row[1], instant(row[2]), system, name))
                .toList();
    }
}
