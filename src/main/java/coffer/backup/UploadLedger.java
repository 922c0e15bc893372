package coffer.backup;

import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.platform.Ids;
import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Backups on their way in: PENDING, and what becomes of that. */
@ApplicationScoped
class UploadLedger {

    private final EntityManager database;
    private final OutboxLedger outbox;
    private final Ids ids;

    @Inject
    UploadLedger(EntityManager database, OutboxLedger outbox, Ids ids) {
        this.database = database;
        this.outbox = outbox;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UploadLedger() {
        this(null, null, null);
    }

    /** Its row, PENDING: without sequence, time or digest. */
    static Sql<Integer> opening(NewBackup pending, Instant now) {
        return Sql.update(
                """
                insert into backup (id, subject_kind, subject_id, kind, state, filename, extension, mimetype, size_bytes,
                                    initiated_by, created_at)
                values (?1, 'appliance', ?2, 'configuration', 'PENDING', ?3, ?4, ?5, ?6, ?7, ?8)\
                """,
                pending.id(),
                pending.systemId(),
                pending.filename(),
                pending.extension(),
                pending.mediaType(),
                pending.sizeBytes(),
                pending.appliance().actor(),
                now.atOffset(ZoneOffset.UTC));
    }

    /** This backup, which has the same digest, if it is as long and recent enough. */
    Optional<BackupRow> resent(UUID backupId, Received received, Duration window) {
        return rows(
                        query(
                                database,
                                """
                                select id, extension, filename, size_bytes, sha256, mimetype, uploaded_at from backup
                                 where id = ?1 and size_bytes = ?2 and uploaded_at > coffer_now() - ?3 * interval '1 second'\
                                """,
                                backupId,
                                received.sizeBytes(),
                                window.toSeconds()))
                .stream()
                .map(BackupRow::of)
                .findFirst();
    }

    /** PENDING to STORED with its first copy; 0 when somebody else moved it first. */
    Sql<Integer> sealing(
            NewBackup pending, Received received, @Nullable String versionId, Place place) {
        return Sql.update(
                """
                with moved as (
                    update backup set state = 'STORED', sha256 = ?2, content_kind = ?3, seq = ?4, uploaded_at = ?5,
                                      version = version + 1
                     where id = ?1 and state = 'PENDING' returning id)
                insert into backup_copy (id, backup_id, destination, address, version_id, sha256, size_bytes, health, created_at)
                select ?6, id, ?7, ?8, ?9, ?2, ?10, 'stored', ?11 from moved\
                """,
                pending.id(),
                received.digest(),
                received.contentKind(),
                place.seq(),
                place.uploadedAt().atOffset(ZoneOffset.UTC),
                ids.next(),
                pending.destination(),
                pending.address(),
                versionId,
                received.sizeBytes(),
                place.now().atOffset(ZoneOffset.UTC));
    }

    /** Its place in its system's order, and the time that the seal happens. */
    record Place(long seq, Instant uploadedAt, Instant now) {}

    /**
     * PENDING to ABANDONED; its address is erased now and once more later, for a PUT that lands
     * late.
     */
    boolean abandon(Abandoned upload, Duration late) {
        var moved =
                query(
                                        database,
                                        "update backup set state = 'ABANDONED', version = version +"
                                                + " 1 where id = ?1 and state = 'PENDING'",
                                        upload.backupId())
                                .executeUpdate()
                        == 1;
        if (moved) {
            eraseNow(upload);
            outbox.eraseAt(upload.backupId(), upload.destination(), upload.address(), late);
        }
        return moved;
    }

    /** For an object that was stored after its backup was given up. */
    void eraseNow(Abandoned upload) {
        outbox.eraseAt(upload.backupId(), upload.destination(), upload.address(), Duration.ZERO);
    }

    /**
     * PENDING uploads whose lease ended longer than {@code grace} ago, in the order of their ids.
     */
    List<Abandoned> expired(@Nullable UUID after, Duration grace, int most) {
        return rows(
                        query(
                                database,
                                """
                                select b.id, b.subject_id, coalesce(r.destination, ''), coalesce(r.address, '')
                                  from backup b left join reservation r on r.backup_id = b.id
                                 where b.state = 'PENDING' and b.id > ?1
                                   and coalesce(r.lease_until, b.created_at) < coffer_now() - ?2 * interval '1 second'
                                 order by b.id limit ?3\
                                """,
                                after == null ? new UUID(0, 0) : after,
                                grace.toSeconds(),
                                most))
                .stream()
                .map(row ->
                        new Abandoned(
                                (UUID) row[0], (UUID) row[1], (String) row[2], (String) row[3]))
                .toList();
    }

    /**
     * Whether its lease ended that long ago; asked again under the lock of the system's account.
     */
    boolean stillExpired(UUID backupId, Duration grace) {
        return !query(
                        database,
                        """
                        select b.id from backup b left join reservation r on r.backup_id = b.id
                         where b.id = ?1 and b.state = 'PENDING'
                           and coalesce(r.lease_until, b.created_at) < coffer_now() - ?2 * interval '1 second'\
                        """,
                        backupId,
                        grace.toSeconds())
                .getResultList()
                .isEmpty();
    }
}
