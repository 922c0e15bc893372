package coffer.fleet.activity;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Sums of backups. */
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

    /**
     * Backups that were accepted from an instant on, until before another; a day without is absent.
     */
    Map<LocalDate, UploadDays.Sum> uploads(
            String path, SubtreeLedger.Size size, Instant from, Instant until) {
        var days = new HashMap<LocalDate, UploadDays.Sum>();
        var range =
                "b.uploaded_at >= cast(?2 as timestamptz) and b.uploaded_at < cast(?3 as timestamptz)";
        rows(query(
                        database,
                        """
                        select cast(b.uploaded_at at time zone 'UTC' as date), count(*), cast(sum(b.size_bytes) as bigint) from %s group by 1
                        """
                                .formatted(from(size).formatted(range)),
                        path,
                        from.atOffset(ZoneOffset.UTC),
                        until.atOffset(ZoneOffset.UTC)))
                .forEach(row ->
                        days.put(
                                LocalDate.parse(row[0].toString()),
                                new UploadDays.Sum(number(row[1]), number(row[2]))));
        return days;
    }

    /** The {@code offset} keeps the planner from beginning elsewhere. */
    private static String from(SubtreeLedger.Size size) {
        return switch (size) {
            case WHOLE -> "backup b where ?1 like '/%%' and %s";
            case SMALL ->
                    """
                    organization o join appliance a on a.organization_id = o.id
                      cross join lateral (select * from backup b where b.subject_id = a.id and %s offset 0) b
                     where o.path ~>=~ ?1 and o.path ~<~ below(?1)\
                    """;
            case LARGE ->
                    """
                    (select * from backup b where %s offset 0) b
                      join appliance a on a.id = b.subject_id join organization o on o.id = a.organization_id
                     where o.path ~>=~ ?1 and o.path ~<~ below(?1)\
                    """;
        };
    }
}
