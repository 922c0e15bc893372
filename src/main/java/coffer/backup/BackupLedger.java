package coffer.backup;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.retention.Candidate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Backups and their copies. A move between states is one conditional update. */
@ApplicationScoped
class BackupLedger {

    private final EntityManager database;

    @Inject
    BackupLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected BackupLedger() {
        this(null);
    }

    Instant now() {
        return instant(database.createNativeQuery("select coffer_now()").getSingleResult());
    }

    /** Everything retention has to think about: live, trashed, and uploads still under way. */
    List<Candidate> kept(UUID systemId) {
        return rows(
                        query(
                                database,
                                """
                                select b.id, b.seq, b.uploaded_at, b.size_bytes, b.state,
                                       b.pinned_at is not null and coalesce(b.pinned_until > coffer_now(), true), b.trashed_at,
                                       exists (select from backup_copy c where c.backup_id = b.id and c.health in ('stored', 'verified')),
                                       exists (select from reservation_claim r where r.victim_id = b.id),
                                       b.trashed_by
                                  from backup b
                                 where b.subject_id = ?1 and b.state in ('STORED', 'TRASHED')
                                 order by b.seq\
                                """,
                                systemId))
                .stream()
                .map(BackupLedger::candidate)
                .toList();
    }

    private static Candidate candidate(Object[] row) {
        return new Candidate(
                (UUID) row[0],
                ((Number) row[1]).longValue(),
                instant(row[2]),
                ((Number) row[3]).longValue(),
                "STORED".equals(row[4]) ? Candidate.Place.LIVE : Candidate.Place.TRASHED,
                (boolean) row[5],
                false,
                (boolean) row[7],
                row[6] == null ? null : instant(row[6]),
                (boolean) row[8] && "STORED".equals(row[4]),
                row[9] == null || row[6] == null
                        ? null
                        : Candidate.Trasher.valueOf(((String) row[9]).toUpperCase(Locale.ROOT)));
    }

    /** STORED to TRASHED; false when it was no longer STORED. */
    boolean trash(UUID backupId, String by) {
        return query(
                                database,
                                """
                                update backup set state = 'TRASHED', trashed_at = coffer_now(), trashed_by = ?2, version = version + 1
                                 where id = ?1 and state = 'STORED'\
                                """,
                                backupId,
                                by)
                        .executeUpdate()
                == 1;
    }

    /** STORED or TRASHED to DOOMED, with an outbox row for each copy in the same transaction. */
    boolean doom(UUID backupId) {
        var moved =
                query(
                                        database,
                                        """
                                        update backup set state = 'DOOMED', version = version + 1
                                         where id = ?1 and state in ('STORED', 'TRASHED')\
                                        """,
                                        backupId)
                                .executeUpdate()
                        == 1;
        if (moved) {
            query(
                            database,
                            """
                            insert into outbox (backup_id, destination, address, version_id, not_before, created_at)
                            select backup_id, destination, address, version_id, coffer_now(), coffer_now()
                              from backup_copy where backup_id = ?1\
                            """,
                            backupId)
                    .executeUpdate();
        }
        return moved;
    }

    void spend(UUID systemId, LocalDate today, LocalDate givenUp) {
        query(
                        database,
                        "insert into retention_spent_day (appliance_id, utc_day, given_up) values"
                                + " (?1, cast(?2 as date), cast(?3 as date)) on conflict do nothing",
                        systemId,
                        today.toString(),
                        givenUp.toString())
                .executeUpdate();
    }

    Optional<LocalDate> spent(UUID systemId, LocalDate today) {
        List<?> days =
                query(
                                database,
                                "select cast(given_up as text) from retention_spent_day where"
                                        + " appliance_id = ?1 and utc_day = cast(?2 as date)",
                                systemId,
                                today.toString())
                        .getResultList();
        return days.stream().map(day -> LocalDate.parse(String.valueOf(day))).findFirst();
    }

    /** What the appliance sees, newest first, complete. */
    List<BackupRow> list(UUID systemId) {
        return database.createQuery(
                        """
                        select new coffer.backup.BackupRow(b.id, b.extension, b.filename, b.sizeBytes, b.sha256, b.mediaType, b.uploadedAt)
                          from Backup b where b.subjectId = :system and b.state = coffer.backup.Backup.State.STORED
                         order by b.seq desc\
                        """,
                        BackupRow.class)
                .setParameter("system", systemId)
                .getResultList();
    }

    Optional<BackupRow> find(UUID systemId, BackupId id) {
        return database
                .createQuery(
                        """
                        select new coffer.backup.BackupRow(b.id, b.extension, b.filename, b.sizeBytes, b.sha256, b.mediaType, b.uploadedAt)
                          from Backup b where b.id = :id and b.extension = :extension and b.subjectId = :system
                           and b.state = coffer.backup.Backup.State.STORED\
                        """,
                        BackupRow.class)
                .setParameter("id", id.uuid())
                .setParameter("extension", id.extension())
                .setParameter("system", systemId)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** Its copies that may be read, best first: read back and found whole before merely stored. */
    List<CopyRow> copies(UUID backupId) {
        return rows(
                        query(
                                database,
                                """
                                select destination, address, version_id from backup_copy
                                 where backup_id = ?1 and health in ('stored', 'verified')
                                 order by health desc, created_at\
                                """,
                                backupId))
                .stream()
                .map(row -> new CopyRow((String) row[0], (String) row[1], (String) row[2]))
                .toList();
    }

    /** How many of its own backups the appliance has deleted on this UTC day. */
    long deletionsSince(UUID systemId, Instant dayStart) {
        return ((Number)
                        query(
                                        database,
                                        """
                                        select count(*) from backup
                                         where subject_id = ?1 and trashed_by = 'appliance' and trashed_at >= ?2\
                                        """,
                                        systemId,
                                        dayStart.atOffset(ZoneOffset.UTC))
                                .getSingleResult())
                .longValue();
    }
}
