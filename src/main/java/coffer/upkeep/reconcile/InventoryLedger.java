package coffer.upkeep.reconcile;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.storage.ObjectReader.Listed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The catalogue in the order of addresses, and the state of an inventory. */
@ApplicationScoped
@Transactional(MANDATORY)
class InventoryLedger {

    private final EntityManager database;

    @Inject
    InventoryLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected InventoryLedger() {
        this(null);
    }

    /** Begins, or finds how far it is. */
    Inventory open(UUID run, String destination) {
        query(
                        database,
                        """
                        insert into inventory (run_id, destination, began_at) values (?1, ?2, coffer_now())
                        on conflict do nothing\
                        """,
                        run,
                        destination)
                .executeUpdate();
        var row =
                rows(query(
                                database,
                                """
                                select after_key, listed_at is not null, objects,
                                       (select count(*) from backup_copy c where c.destination = ?2),
                                       (select count(*) from orphan o where o.destination = ?2 and o.known),
                                       (select count(*) from orphan o where o.destination = ?2 and not o.known)
                                  from inventory where run_id = ?1 and destination = ?2\
                                """,
                                run,
                                destination))
                        .getFirst();
        return new Inventory(
                (String) row[0],
                (boolean) row[1],
                number(row[2]),
                number(row[3]),
                number(row[4]),
                number(row[5]));
    }

    /** Rows with an address after {@code after}, up to {@code upTo} if that is given, in order. */
    List<Row> known(String destination, String after, Optional<String> upTo, int most) {
        return rows(
                        query(
                                database,
                                """
                                select k.address, k.backup_id, b.state in ('STORED', 'TRASHED') and k.copy, k.size_bytes
                                  from ((select address collate "C" as address, backup_id, true as copy, size_bytes from backup_copy
                                          where destination = ?1 and address collate "C" > ?2 and (?4 or address collate "C" <= ?3)
                                          order by address collate "C" limit ?5)
                                        union all
                                        (select address collate "C", backup_id, false, size_bytes from reservation
                                          where destination = ?1 and address collate "C" > ?2 and (?4 or address collate "C" <= ?3)
                                          order by address collate "C" limit ?5)
                                        union all
                                        (select address collate "C", backup_id, false, 0 from outbox
                                          where destination = ?1 and address collate "C" > ?2 and (?4 or address collate "C" <= ?3)
                                          order by address collate "C" limit ?5)) k
                                  join backup b on b.id = k.backup_id
                                 order by k.address limit ?5\
                                """,
                                destination,
                                after,
                                upTo.orElse(""),
                                upTo.isEmpty(),
                                most))
                .stream()
                .map(row ->
                        new Row((String) row[0], (UUID) row[1], (boolean) row[2], number(row[3])))
                .toList();
    }

    /** Counts a stretch, once: false if it had been counted already. */
    boolean advance(UUID run, String destination, String after, Stretch stretch, int missing) {
        return query(
                                database,
                                """
                                update inventory
                                   set after_key = ?4, objects = objects + ?5, strays = strays + ?6, missized = missized + ?7,
                                       missing = missing + ?8, listed_at = case when ?9 then coffer_now() end
                                 where run_id = ?1 and destination = ?2 and after_key = ?3 and listed_at is null\
                                """,
                                run,
                                destination,
                                after,
                                stretch.upTo().orElse(after),
                                stretch.objects(),
                                stretch.strays(),
                                stretch.missized().size(),
                                missing,
                                stretch.upTo().isEmpty())
                        .executeUpdate()
                == 1;
    }

    /** Into quarantine, or seen there again. Its backup is known if any row of it is left. */
    void quarantine(UUID run, String destination, Listed object, UUID backupId) {
        query(
                        database,
                        """
                        insert into orphan as o (destination, address, backup_id, known, size_bytes, modified_at, first_seen_at, seen_run)
                        values (?1, ?2, ?3, exists (select from backup b where b.id = ?3 and b.state in ('ERASED', 'DOOMED', 'ABANDONED')),
                                ?4, cast(?5 as timestamptz), coffer_now(), ?6)
                        on conflict (destination, address) do update
                           set seen_run = excluded.seen_run, known = excluded.known, modified_at = excluded.modified_at,
                               size_bytes = excluded.size_bytes\
                        """,
                        destination,
                        object.key(),
                        backupId,
                        object.sizeBytes(),
                        object.lastModified().toString(),
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

    void close(UUID run, String destination, long removed, int uploads) {
        query(
                        database,
                        """
                        update inventory i
                           set ended_at = coffer_now(), removed = i.removed + ?3, uploads_ended = ?4,
                               orphans = (select count(*) from orphan o where o.destination = ?2 and o.known),
                               unknown = (select count(*) from orphan o where o.destination = ?2 and not o.known)
                         where run_id = ?1 and destination = ?2\
                        """,
                        run,
                        destination,
                        removed,
                        uploads)
                .executeUpdate();
    }

    /** Those whose time is over and that still no row knows. */
    List<String> removable(String destination, boolean unknown, long delaySeconds, int most) {
        List<?> found =
                query(
                                database,
                                """
                                select o.address from orphan o
                                 where o.destination = ?1 and (o.known or ?2)
                                   and greatest(o.first_seen_at, o.modified_at) <= coffer_now() - ?3 * interval '1 second'
                                   and not exists (select from backup_copy c where c.destination = o.destination and c.address = o.address)
                                   and not exists (select from reservation r where r.destination = o.destination and r.address = o.address)
                                   and not exists (select from outbox x where x.destination = o.destination and x.address = o.address)
                                   and o.failed_run is distinct from o.seen_run
                                 order by o.address limit ?4\
                                """,
                                destination,
                                unknown,
                                delaySeconds,
                                most)
                        .getResultList();
        return found.stream().map(String.class::cast).toList();
    }

    void removed(String destination, Collection<String> addresses) {
        query(
                        database,
                        "delete from orphan where destination = ?1 and address ="
                                + " any(string_to_array(?2, ','))",
                        destination,
                        array(addresses))
                .executeUpdate();
    }

    /** It did not go; not again in this run. */
    void notRemoved(String destination, Collection<String> addresses) {
        query(
                        database,
                        "update orphan set failed_run = seen_run where destination = ?1 and address"
                                + " = any(string_to_array(?2, ','))",
                        destination,
                        array(addresses))
                .executeUpdate();
    }

    /** Its object is not there; false if it had been marked, or the backup has gone. */
    boolean missing(String destination, Row row) {
        return query(
                                database,
                                """
                                update backup_copy c set health = 'missing', looked_at = coffer_now(), version = c.version + 1
                                  from backup b
                                 where c.destination = ?1 and c.address = ?2 and c.health <> 'missing' and b.id = c.backup_id
                                   and b.state in ('STORED', 'TRASHED')\
                                """,
                                destination,
                                row.address())
                        .executeUpdate()
                == 1;
    }

    /** The scrub reads it before all others. */
    void readFirst(String destination, Row row) {
        query(
                        database,
                        """
                        update backup_copy set looked_at = 'epoch' where destination = ?1 and address = ?2\
                        """,
                        destination,
                        row.address())
                .executeUpdate();
    }

    /** What the latest complete inventory of each destination has found. */
    List<Object[]> latest() {
        return rows(
                query(
                        database,
                        """
                        select distinct on (destination) destination, orphans, unknown, missing, missized, strays
                          from inventory where ended_at is not null order by destination, ended_at desc\
                        """));
    }
}
