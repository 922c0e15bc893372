package coffer.fleet.activity;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sums and places of backups. */
@ApplicationScoped
class ActivityLedger {

    private final EntityManager database;

    @Inject
    ActivityLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ActivityLedger() {
        this(null);
    }

    /** Backups that were accepted from a day on, until before another; a day without is absent. */
    Map<LocalDate, UploadDays.Sum> uploads(String path, LocalDate from, LocalDate until) {
        var days = new HashMap<LocalDate, UploadDays.Sum>();
        rows(query(
                        database,
                        """
                        select cast(b.uploaded_at at time zone 'UTC' as date), count(*), cast(sum(b.size_bytes) as bigint)
                          from backup b join appliance a on a.id = b.subject_id join organization o on o.id = a.organization_id
                         where b.created_at >= cast(?2 as timestamptz) - interval '1 day' and b.uploaded_at >= cast(?2 as timestamptz) and b.uploaded_at < cast(?3 as timestamptz)
                           and o.path ~>=~ ?1 and o.path ~<~ below(?1)
                         group by 1
                        """,
                        path,
                        from.atStartOfDay().atOffset(ZoneOffset.UTC),
                        until.atStartOfDay().atOffset(ZoneOffset.UTC)))
                .forEach(row ->
                        days.put(
                                LocalDate.parse(row[0].toString()),
                                new UploadDays.Sum(number(row[1]), number(row[2]))));
        return days;
    }

    /** The system of a backup that is kept, in a subtree. */
    Optional<UUID> system(String path, UUID backup) {
        return rows(
                        query(
                                database,
                                """
                                select b.subject_id, 1 from backup b join appliance a on a.id = b.subject_id join organization o on o.id = a.organization_id
                                 where b.id = ?2 and b.state in ('STORED', 'TRASHED')
                                   and o.path ~>=~ ?1 and o.path ~<~ below(?1)
                                """,
                                path,
                                backup))
                .stream()
                .map(row -> (UUID) row[0])
                .findFirst();
    }
}
