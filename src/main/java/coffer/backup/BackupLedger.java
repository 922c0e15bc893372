package coffer.backup;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Backups and their copies. A move between states is one conditional update. */
@ApplicationScoped
class BackupLedger {

    private static final String STOCK =
            """
            select moment.now, flight.uploads, cast(day.given_up as text), b.id, b.seq, b.uploaded_at, b.size_bytes, b.state,
                   b.pinned_at is not null and coalesce(b.pinned_until > moment.now, true), b.trashed_at,
                   exists (select from backup_copy c where c.backup_id = b.id and c.health in ('stored', 'verified')),
                   exists (select from reservation_claim r where r.victim_id = b.id),
                   b.trashed_by, b.sha256 = ?2, moment.held
              from (select coffer_now() as now, is_held(?1) as held) moment
             cross join lateral (select count(*) as uploads from reservation r
                                  where r.appliance_id = ?1 and r.lease_until > moment.now) flight
              left join retention_spent_day day
                on day.appliance_id = ?1 and day.utc_day = cast(moment.now at time zone 'UTC' as date)
              left join backup b on b.subject_id = ?1 and b.state in ('STORED', 'TRASHED')
             order by b.seq\
            """;

    private static final String TRASH =
            """
            update backup set state = 'TRASHED', trashed_at = coffer_now(), trashed_by = ?2, version = version + 1
             where id = any(cast(string_to_array(?1, ',') as uuid[])) and state = 'STORED' returning id\
            """;

    private static final String DOOM =
            """
            with doomed as (
                update backup set state = 'DOOMED', version = version + 1
                 where id = any(cast(string_to_array(?1, ',') as uuid[])) and state in ('STORED', 'TRASHED')
             returning id),
                 due as (
                insert into outbox (backup_id, destination, address, version_id, not_before, created_at)
                select c.backup_id, c.destination, c.address, c.version_id, coffer_now(), coffer_now()
                  from backup_copy c join doomed on doomed.id = c.backup_id)
            select id from doomed\
            """;

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

    /** See {@link #counting}; compares no digest. */
    Stock stock(UUID systemId) {
        return Stock.of(rows(query(database, STOCK, systemId, new byte[0])));
    }

    /**
     * What every decision about a system's backups stands on, in one statement. To be read after
     * its account was locked, never with the lock: a statement that waited sees what was there when
     * it began to wait.
     */
    static Sql<Stock> counting(UUID systemId, byte[] digest) {
        return Sql.rows(STOCK, systemId, digest).as(Stock::of);
    }

    /** STORED to TRASHED; those that were no longer STORED are left out of the answer. */
    Set<UUID> trash(Collection<UUID> backupIds, String by) {
        if (backupIds.isEmpty()) {
            return Set.of();
        }
        List<?> moved = query(database, TRASH, array(backupIds), by).getResultList();
        return moved.stream().map(UUID.class::cast).collect(Collectors.toSet());
    }

    /** As {@link #trash}, sent together with others. */
    static Sql<Set<UUID>> trashing(Collection<UUID> backupIds, String by) {
        return Sql.rows(TRASH, array(backupIds), by).as(BackupLedger::ids);
    }

    /**
     * STORED or TRASHED to DOOMED, with an outbox row for each copy in the same statement; those
     * that were neither are left out of the answer.
     */
    Set<UUID> doom(Collection<UUID> backupIds) {
        if (backupIds.isEmpty()) {
            return Set.of();
        }
        List<?> moved = query(database, DOOM, array(backupIds)).getResultList();
        return moved.stream().map(UUID.class::cast).collect(Collectors.toSet());
    }

    /** As {@link #doom}, sent together with others. */
    static Sql<Set<UUID>> dooming(Collection<UUID> backupIds) {
        return Sql.rows(DOOM, array(backupIds)).as(BackupLedger::ids);
    }

    private static Set<UUID> ids(List<@Nullable Object[]> rows) {
        return rows.stream().map(row -> (UUID) row[0]).collect(Collectors.toSet());
    }

    /** TRASHED to STORED, pinned for a while; false when it was not in the trash. */
    boolean untrash(UUID systemId, UUID backupId, Duration pinned) {
        return query(
                                database,
                                """
                                update backup set state = 'STORED', trashed_at = null, trashed_by = null, pinned_at = coffer_now(),
                                                  pinned_until = coffer_now() + ?3 * interval '1 second', version = version + 1
                                 where id = ?2 and subject_id = ?1 and state = 'TRASHED'\
                                """,
                                systemId,
                                backupId,
                                pinned.toSeconds())
                        .executeUpdate()
                == 1;
    }

    /** Pins until unpinned, or unpins. */
    void pin(UUID backupId, boolean pinned) {
        query(
                        database,
                        """
                        update backup set pinned_at = case when ?2 then coffer_now() end, pinned_until = null, version = version + 1
                         where id = ?1 and state = 'STORED'\
                        """,
                        backupId,
                        pinned)
                .executeUpdate();
    }

    static Sql<Integer> spending(UUID systemId, LocalDate today, LocalDate givenUp) {
        return Sql.update(
                "insert into retention_spent_day (appliance_id, utc_day, given_up) values"
                        + " (?1, cast(?2 as date), cast(?3 as date)) on conflict do nothing",
                systemId,
                today.toString(),
                givenUp.toString());
    }

    /** The earlier days that {@code today} costs, by system. */
    void spend(LocalDate today, Map<UUID, LocalDate> givenUp) {
        if (givenUp.isEmpty()) {
            return;
        }
        var systems = List.copyOf(givenUp.keySet());
        query(
                        database,
                        """
                        insert into retention_spent_day (appliance_id, utc_day, given_up)
                        select cast(s.id as uuid), cast(?1 as date), cast(s.day as date)
                          from unnest(string_to_array(?2, ','), string_to_array(?3, ',')) s (id, day)
                        on conflict do nothing\
                        """,
                        today.toString(),
                        array(systems),
                        array(systems.stream().map(givenUp::get).toList()))
                .executeUpdate();
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
