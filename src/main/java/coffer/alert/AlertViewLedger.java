package coffer.alert;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Alerts as people see them: those of systems and organizations below theirs. */
@ApplicationScoped
@Transactional(MANDATORY)
class AlertViewLedger {

    private static final String COLUMNS =
            """
            select l.id, l.code, l.severity, l.subject, cast(l.arguments as text), l.opened_at, l.resolved_at,
                   l.acknowledged_at, coalesce(nullif(p.name, ''), l.acknowledged_by), l.note, a.id, a.name, o.name
            """;

    /**
     * What an alert is about stands in its subject; a system of a backup is found by the backup.
     */
    private static final String PLACE =
            """
              from alert l
              left join backup b on b.id = case when l.subject like 'backup:%' then cast(substr(l.subject, 8) as uuid) end
              left join purge e on e.id = case when l.subject like 'purge:%' then cast(substr(l.subject, 7) as uuid) end
              left join appliance a on a.id = case when l.subject like 'system:%' then cast(substr(l.subject, 8) as uuid)
                                                   else b.subject_id end
              left join organization o on o.id = coalesce(a.organization_id, b.organization_id,
                   case when l.subject like 'organization:%' then cast(substr(l.subject, 14) as uuid) end)
            """;

    private static final String PEOPLE =
            " left join account p on l.acknowledged_by = 'user:' || p.id";

    /**
     * Within a subtree; whoever runs the installation sees what belongs to no organization, too.
     */
    private static final String SEEN =
            """
             where ((coalesce(o.path, e.path) ~>=~ ?1 and coalesce(o.path, e.path) ~<~ below(?1))
                    or (?2 and coalesce(o.path, e.path) is null))
            """;

    private static final String WANTED =
            """
               and (cast(?3 as text) is null or l.severity = ?3)
               and (cast(?4 as text) is null or l.code = ?4)
               and (cast(?5 as text) is null or (l.acknowledged_at is not null) = (?5 = 'true'))
            """;

    private final EntityManager database;

    @Inject
    AlertViewLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AlertViewLedger() {
        this(null);
    }

    /** Open ones: the worst and oldest first; past ones: the latest first. */
    List<AlertRow> page(String path, boolean platform, AlertFilter filter, long from, int most) {
        var order =
                filter.open()
                        ? " order by array_position(array['critical', 'warning', 'info'], l.severity), l.opened_at, l.id"
                        : " order by l.resolved_at desc, l.id";
        return rows(
                        query(
                                database,
                                COLUMNS
                                        + PLACE
                                        + PEOPLE
                                        + SEEN
                                        + WANTED
                                        + (filter.open()
                                                ? " and l.resolved_at is null"
                                                : " and l.resolved_at is not null")
                                        + order
                                        + " offset ?6 limit ?7",
                                path,
                                platform,
                                filter.severity(),
                                filter.code(),
                                Objects.toString(filter.acknowledged(), null),
                                from,
                                most))
                .stream()
                .map(AlertViewLedger::row)
                .toList();
    }

    Optional<AlertRow> find(String path, boolean platform, UUID id) {
        return rows(
                        query(
                                database,
                                COLUMNS + PLACE + PEOPLE + SEEN + " and l.id = ?3",
                                path,
                                platform,
                                id))
                .stream()
                .map(AlertViewLedger::row)
                .findFirst();
    }

    /** Once: whoever was first has seen it. */
    boolean acknowledge(UUID id, String actor, @Nullable String note) {
        return query(
                                database,
                                """
                                update alert set acknowledged_at = coffer_now(), acknowledged_by = ?2, note = ?3
                                 where id = ?1 and acknowledged_at is null and resolved_at is null
                                """,
                                id,
                                actor,
                                note)
                        .executeUpdate()
                == 1;
    }

    private static AlertRow row(@Nullable Object[] row) {
        return new AlertRow(
                (UUID) need(row[0]),
                (String) need(row[1]),
                (String) need(row[2]),
                (String) need(row[3]),
                (String) need(row[4]),
                instant(need(row[5])),
                time(row[6]),
                time(row[7]),
                (String) row[8],
                (String) row[9],
                (UUID) row[10],
                (String) row[11],
                (String) row[12],
                List.of());
    }

    private static Object need(@Nullable Object column) {
        return Objects.requireNonNull(column);
    }

    private static @Nullable Instant time(@Nullable Object column) {
        return column == null ? null : instant(column);
    }
}
