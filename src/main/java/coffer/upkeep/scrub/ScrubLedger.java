package coffer.upkeep.scrub;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.storage.Address;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Copies in the order of their turns, what became of them, and what a day has cost. */
@ApplicationScoped
@Transactional(MANDATORY)
class ScrubLedger {

    private final EntityManager database;

    @Inject
    ScrubLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ScrubLedger() {
        this(null);
    }

    /** What a destination keeps. */
    record Kept(long copies, long bytes) {}

    Kept kept(String destination) {
        var row =
                rows(query(
                                database,
                                """
                                select count(*), coalesce(sum(c.size_bytes), 0)
                                  from backup_copy c join backup b on b.id = c.backup_id
                                 where c.destination = ?1 and b.state in ('STORED', 'TRASHED')\
                                """,
                                destination))
                        .getFirst();
        return new Kept(number(row[0]), number(row[1]));
    }

    /** Bytes that have been read on the present UTC day. */
    long readToday(String destination) {
        return number(
                query(
                                database,
                                """
                                select coalesce(sum(bytes), 0) from scrub_day
                                 where destination = ?1 and utc_day = cast(coffer_now() at time zone 'UTC' as date)\
                                """,
                                destination)
                        .getSingleResult());
    }

    void read(String destination, long copies, long bytes) {
        query(
                        database,
                        """
                        insert into scrub_day as d (destination, utc_day, copies, bytes)
                        values (?1, cast(coffer_now() at time zone 'UTC' as date), ?2, ?3)
                        on conflict (destination, utc_day) do update
                           set copies = d.copies + excluded.copies, bytes = d.bytes + excluded.bytes\
                        """,
                        destination,
                        copies,
                        bytes)
                .executeUpdate();
    }

    /** Those that nobody has looked at for longest, of what was there before {@code begin}. */
    List<StoredCopy> next(String destination, Instant begin, int most) {
        return rows(
                        query(
                                database,
                                """
                                select c.id, c.backup_id, b.subject_id, c.address, c.version_id, c.sha256, c.size_bytes, c.health
                                  from backup_copy c join backup b on b.id = c.backup_id
                                 where c.destination = ?1 and b.state in ('STORED', 'TRASHED')
                                   and coalesce(c.looked_at, c.created_at) < cast(?2 as timestamptz)
                                 order by coalesce(c.looked_at, c.created_at), c.id limit ?3\
                                """,
                                destination,
                                begin.toString(),
                                most))
                .stream()
                .map(row ->
                        new StoredCopy(
                                (UUID) row[0],
                                (UUID) row[1],
                                (UUID) row[2],
                                Address.parse((String) row[3]),
                                (String) row[4],
                                HexFormat.of().formatHex((byte[]) row[5]),
                                number(row[6]),
                                (String) row[7]))
                .toList();
    }

    /** False if the backup has gone, or somebody else has found something, in the meantime. */
    boolean book(StoredCopy copy, Finding finding) {
        return query(
                                database,
                                """
                                update backup_copy c set health = ?3, looked_at = coffer_now(), version = c.version + 1,
                                       verified_at = case when ?3 = 'verified' then coffer_now() else c.verified_at end
                                  from backup b
                                 where c.id = ?1 and c.health = ?2 and b.id = c.backup_id and b.state in ('STORED', 'TRASHED')\
                                """,
                                copy.id(),
                                copy.health(),
                                finding.health())
                        .executeUpdate()
                == 1;
    }

    /** Its turn has been; what it is, nobody could say. */
    void pass(StoredCopy copy) {
        query(database, "update backup_copy set looked_at = coffer_now() where id = ?1", copy.id())
                .executeUpdate();
    }
}
