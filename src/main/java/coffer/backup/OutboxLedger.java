package coffer.backup;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * What must still be erased from a store: written by the deciding transaction, worked off by the
 * reaper.
 */
@ApplicationScoped
class OutboxLedger {

    private final EntityManager database;

    @Inject
    OutboxLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OutboxLedger() {
        this(null);
    }

    void eraseAt(UUID backupId, String destination, String address, Duration from) {
        query(
                        database,
                        """
                        insert into outbox (backup_id, destination, address, not_before, created_at)
                        values (?1, ?2, ?3, coffer_now() + ?4 * interval '1 second', coffer_now())\
                        """,
                        backupId,
                        destination,
                        address,
                        from.toSeconds())
                .executeUpdate();
    }

    /** What is due for erasing, oldest first. */
    List<Due> due(int most) {
        return rows(
                        query(
                                database,
                                """
                                select id, backup_id, destination, address, version_id, attempts from outbox
                                 where not_before <= coffer_now() order by not_before, id limit ?1\
                                """,
                                most))
                .stream()
                .map(row ->
                        new Due(
                                ((Number) row[0]).longValue(),
                                (UUID) row[1],
                                (String) row[2],
                                (String) row[3],
                                (String) row[4],
                                ((Number) row[5]).intValue()))
                .toList();
    }

    /** One object that must go. */
    record Due(
            long id,
            UUID backupId,
            String destination,
            String address,
            @Nullable String versionId,
            int attempts) {}

    /** The store said these are gone: their rows go, and a backup with none left is ERASED. */
    int erased(Collection<Due> gone) {
        drop(gone.stream().map(Due::id).toList());
        var backups = array(gone.stream().map(Due::backupId).distinct().toList());
        query(
                        database,
                        """
                        update backup set state = 'DOOMED', version = version + 1
                         where id = any(cast(string_to_array(?1, ',') as uuid[])) and state = 'ABANDONED'\
                        """,
                        backups)
                .executeUpdate();
        query(
                        database,
                        """
                        delete from backup_copy c where c.backup_id = any(cast(string_to_array(?1, ',') as uuid[]))
                           and not exists (select from outbox o where o.backup_id = c.backup_id)
                           and exists (select from backup b where b.id = c.backup_id and b.state = 'DOOMED')\
                        """,
                        backups)
                .executeUpdate();
        return query(
                        database,
                        """
                        update backup b set state = 'ERASED', ended_at = coffer_now(), version = version + 1
                         where id = any(cast(string_to_array(?1, ',') as uuid[])) and state = 'DOOMED'
                           and not exists (select from outbox o where o.backup_id = b.id)\
                        """,
                        backups)
                .executeUpdate();
    }

    /** These need no erasing any more; what becomes of their backups is the caller's affair. */
    void drop(Collection<Long> ids) {
        query(
                        database,
                        "delete from outbox where id = any(cast(string_to_array(?1, ',') as"
                                + " bigint[]))",
                        array(ids))
                .executeUpdate();
    }

    /** It did not go: later again, twice as late each time, at most six hours. */
    void retryLater(Due due, String reason) {
        query(
                        database,
                        """
                        update outbox set attempts = attempts + 1, last_error = ?2,
                               not_before = coffer_now() + least(21600, 30 * power(2, least(attempts, 10))) * interval '1 second'
                         where id = ?1\
                        """,
                        due.id(),
                        reason)
                .executeUpdate();
    }
}
