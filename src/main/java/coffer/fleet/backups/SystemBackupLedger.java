package coffer.fleet.backups;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** One system's kept backups, newest first: a range of one index. */
@ApplicationScoped
class SystemBackupLedger {

    private static final String DAYS =
            """
            select cast(uploaded_at at time zone 'UTC' as date), count(*), count(*) filter (where state = 'STORED'),
                   count(*) filter (where state = 'TRASHED')
              from (select uploaded_at, state from backup where subject_id = ?1 and seq is not null
                     order by seq desc limit 6000) newest
             where uploaded_at >= ?2 group by 1 order by 1\
            """;

    private static final String LINES =
            """
            select b.id, b.extension, b.filename, b.size_bytes, b.sha256, b.mimetype, b.uploaded_at, b.state, b.content_kind, b.seq,
                   b.pinned_at is not null and coalesce(b.pinned_until > coffer_now(), true), b.pinned_until,
                   (select is_held(?1)), b.trashed_at, b.trashed_by,
                   (select c.health from backup_copy c where c.backup_id = b.id
                     order by array_position(array['verified', 'stored', 'corrupt', 'missing'], c.health) limit 1)
              from backup b
            """;

    private final EntityManager database;

    @Inject
    SystemBackupLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemBackupLedger() {
        this(null);
    }

    /** A line with its place in the order, which a cursor names. */
    record Line(long seq, String extension, SystemBackupView view) {}

    /** Where the bytes of a copy are. */
    record Copy(String destination, String address, @Nullable String versionId) {}

    /** Those before {@code beforeSeq} in the order of age. */
    List<Line> page(UUID systemId, String state, long beforeSeq, int limit, int offset) {
        return rows(
                        query(
                                database,
                                LINES
                                        + " where b.subject_id = ?1 and b.state = ?2 and b.seq < ?3"
                                        + " order by b.seq desc limit ?4 offset ?5",
                                systemId,
                                state,
                                beforeSeq,
                                limit,
                                offset))
                .stream()
                .map(SystemBackupLedger::line)
                .toList();
    }

    /** UTC days on which backups came in, the newest 6,000 backups at most. */
    List<BackupOutlook.Day> days(UUID systemId, Instant since) {
        return rows(query(database, DAYS, systemId, since.atOffset(java.time.ZoneOffset.UTC)))
                .stream()
                .map(row ->
                        new BackupOutlook.Day(
                                java.time.LocalDate.parse(String.valueOf(row[0])),
                                number(row[1]),
                                number(row[2]),
                                number(row[3])))
                .toList();
    }

    Optional<Line> find(UUID systemId, UUID backupId) {
        return rows(
                        query(
                                database,
                                LINES
                                        + " where b.subject_id = ?1 and b.id = ?2 and b.state in"
                                        + " ('STORED', 'TRASHED')",
                                systemId,
                                backupId))
                .stream()
                .map(SystemBackupLedger::line)
                .findFirst();
    }

    /** Its copies that may be read, best first. */
    List<Copy> copies(UUID backupId) {
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
                .map(row -> new Copy((String) row[0], (String) row[1], (String) row[2]))
                .toList();
    }

    private static Line line(@Nullable Object[] row) {
        var view =
                new SystemBackupView(
                        there(row[0]) + (String) there(row[1]),
                        (String) there(row[2]),
                        number(there(row[3])),
                        HexFormat.of().formatHex((byte[]) there(row[4])),
                        (String) there(row[5]),
                        instant(there(row[6])),
                        "STORED".equals(row[7]) ? "stored" : "trashed",
                        (String) row[8],
                        row[15] == null ? "missing" : (String) there(row[15]),
                        (boolean) there(row[10]),
                        (boolean) there(row[10]) ? time(row[11]) : null,
                        (boolean) there(row[12]),
                        time(row[13]),
                        (String) row[14],
                        List.of());
        return new Line(number(there(row[9])), (String) there(row[1]), view);
    }

    private static @Nullable Instant time(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    private static Object there(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }
}
