package coffer.fleet;

import static coffer.platform.NativeSql.query;

import coffer.alert.AlertKind;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Duration;
import java.util.List;

/** Systems whose facts call for an alert, and alerts whose facts are gone. */
@ApplicationScoped
class StateLedger {

    private static final String WATCHED =
            """
             from appliance a
             left join appliance_usage u on u.appliance_id = a.id
             left join appliance_heartbeat h on h.appliance_id = a.id
            where a.deleted_at is null and a.suspended_at is null
              and a.organization_id not in %s and a.organization_id not in %s
              and %%s
            """
                    .formatted(BackupStates.SUSPENDED, BackupStates.DELETED);

    private final EntityManager database;

    @Inject
    StateLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StateLedger() {
        this(null);
    }

    /** True for one node at a time, until its transaction ends. */
    boolean alone() {
        return (boolean)
                query(database, "select pg_try_advisory_xact_lock(1668245094, 2)")
                        .getSingleResult();
    }

    /** Subjects without this alert that ought to have it. */
    List<String> missing(AlertKind kind, Duration silentAfter, int most) {
        return texts(
                "select 'system:' || a.id"
                        + WATCHED.formatted(fact(kind, silentAfter))
                        + " and not exists (select from alert l where l.code = ?1 and l.subject ="
                        + " 'system:' || a.id and l.resolved_at is null) limit "
                        + most,
                kind.code());
    }

    /** Subjects with this alert open that ought not to have it any more. */
    List<String> over(AlertKind kind, Duration silentAfter, int most) {
        return texts(
                "select l.subject from alert l where l.code = ?1 and l.resolved_at is null and not"
                        + " exists (select"
                        + WATCHED.formatted(fact(kind, silentAfter))
                        + " and a.id = cast(substr(l.subject, 8) as uuid)) limit "
                        + most,
                kind.code());
    }

    /** The clock is asked once, so that the index on the time can be used. */
    private static String fact(AlertKind kind, Duration silentAfter) {
        return kind == AlertKind.BACKUP_OVERDUE
                ? "u.overdue_at <= (select coffer_now())"
                : "h.last_at <= (select coffer_now()) - interval '"
                        + silentAfter.toSeconds()
                        + " seconds'";
    }

    private List<String> texts(String sql, String code) {
        List<?> subjects = query(database, sql, code).getResultList();
        return subjects.stream().map(String.class::cast).toList();
    }
}
