package coffer.upkeep.reconcile;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.storage.VersionInventory.Version;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Objects in quarantine, and when this catalogue lived. */
@ApplicationScoped
@Transactional(MANDATORY)
class OrphanLedger {

    /** Came while this catalogue lived, by the store's clock and by the node that made the id. */
    private static final String LIVED =
            "catalogue_lived(o.modified_at) and catalogue_lived(coalesce(o.made_at, o.modified_at))";

    /** No element is empty, for PostgreSQL reads a list of one empty text as an empty list. */
    private static final String THESE =
            "(address, version_id) in (select u.a, substr(u.v, 2) from unnest(string_to_array(?2,"
                    + " chr(31)), string_to_array(?3, chr(31))) as u(a, v))";

    private final EntityManager database;

    @Inject
    OrphanLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrphanLedger() {
        this(null);
    }

    /**
     * What is in quarantine.
     *
     * @param known of backups that ended here, and spare versions
     * @param orphans these, and what came while the catalogue lived
     * @param foreign the rest
     */
    record Found(long known, long orphans, long foreign) {}

    /** Into quarantine, or seen there again. Its backup is known if any row of it is left. */
    void quarantine(UUID run, String destination, Orphan orphan) {
        var object = orphan.object();
        query(
                        database,
                        """
                        insert into orphan as o (destination, address, version_id, marker, backup_id, known, size_bytes, modified_at,
                                                 made_at, first_seen_at, seen_run)
                        values (?1, ?2, ?3, ?4, ?5,
                                ?6 or exists (select from backup b where b.id = ?5 and b.state in ('ERASED', 'DOOMED', 'ABANDONED')),
                                ?7, cast(?8 as timestamptz), cast(?9 as timestamptz), coffer_now(), ?10)
                        on conflict (destination, address, version_id) do update
                           set seen_run = excluded.seen_run, known = excluded.known, modified_at = excluded.modified_at,
                               size_bytes = excluded.size_bytes\
                        """,
                        destination,
                        object.key(),
                        object.versionId(),
                        object.marker(),
                        orphan.backupId(),
                        orphan.spare(),
                        object.sizeBytes(),
                        object.lastModified().toString(),
                        orphan.madeAt().map(Instant::toString).orElse(null),
                        run)
                .executeUpdate();
    }

    /** Out of quarantine: what this run has not seen is gone, or has a row again. */
    void forgetUnseen(UUID run, String destination) {
        query(
                        database,
                        "delete from orphan where destination = ?1 and seen_run <> ?2",
                        destination,
                        run)
                .executeUpdate();
    }

    Found found(String destination) {
        var row =
                rows(query(
                                database,
                                "select count(*) filter (where o.known), count(*) filter (where"
                                        + " o.known or o.lived), count(*) filter (where not o.known and"
                                        + " not o.lived) from (select o.known, "
                                        + LIVED
                                        + " as lived from orphan o where o.destination = ?1) o",
                                destination))
                        .getFirst();
        return new Found(number(row[0]), number(row[1]), number(row[2]));
    }

    /** Those whose time is over and that still no row needs. */
    List<Version> removable(String destination, Removal which, long delaySeconds, int most) {
        return rows(
                        query(
                                database,
                                """
                                select o.address, o.version_id from orphan o
                                 where o.destination = ?1
                                   and greatest(o.first_seen_at, o.modified_at) <= coffer_now() - ?3 * interval '1 second'
                                   and not exists (select from backup_copy c where c.destination = o.destination and c.address = o.address
                                                      and (o.version_id = '' or c.version_id is not distinct from o.version_id
                                                        or c.version_id is null and o.version_id = 'null'
                                                        or not exists (select from backup b where b.id = c.backup_id and b.state in ('STORED', 'TRASHED'))))
                                   and not exists (select from reservation r where r.destination = o.destination and r.address = o.address)
                                   and not exists (select from outbox x where x.destination = o.destination and x.address = o.address)
                                   and o.failed_run is distinct from o.seen_run
                                   and (o.known or ?2 = 'UNKNOWN' or ?2 = 'ORPHANS' and\
                                """
                                        + " "
                                        + LIVED
                                        + ") order by o.address, o.version_id limit ?4",
                                destination,
                                which.name(),
                                delaySeconds,
                                most))
                .stream()
                .map(row -> new Version((String) row[0], (String) row[1]))
                .toList();
    }

    void removed(String destination, Collection<Version> some) {
        query(
                        database,
                        "delete from orphan where destination = ?1 and " + THESE,
                        destination,
                        list(some, Version::key),
                        list(some, version -> "v" + version.versionId()))
                .executeUpdate();
    }

    /** They did not go; not again in this run. */
    void notRemoved(String destination, Collection<Version> some) {
        query(
                        database,
                        "update orphan set failed_run = seen_run where destination = ?1 and "
                                + THESE,
                        destination,
                        list(some, Version::key),
                        list(some, version -> "v" + version.versionId()))
                .executeUpdate();
    }

    private static String list(Collection<Version> some, Function<Version, String> part) {
        return some.stream().map(part).collect(Collectors.joining("\u001f"));
    }

    /** Writes down that the catalogue lives; the instant, which is to be told the next time. */
    Instant sign(Optional<Instant> heard) {
        var row =
                rows(query(
                                database,
                                "select catalogue_sign(cast(?1 as timestamptz)), 1",
                                heard.map(Instant::toString).orElse(null)))
                        .getFirst();
        return instant(row[0]);
    }
}
