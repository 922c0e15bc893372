package coffer.upkeep.reconcile;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.upkeep.reconcile.OrphanLedger.Found;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

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
                                       (select count(*) from backup_copy c where c.destination = ?2)
                                  from inventory where run_id = ?1 and destination = ?2\
                                """,
                                run,
                                destination))
                        .getFirst();
        return new Inventory((String) row[0], (boolean) row[1], number(row[2]), number(row[3]));
    }

    /** Rows with an address after {@code after}, up to {@code upTo} if that is given, in order. */
    List<Row> known(String destination, String after, Optional<String> upTo, int most) {
        return rows(
                        query(
                                database,
                                """
                                select k.address, k.backup_id, b.state in ('STORED', 'TRASHED') and k.copy, k.size_bytes, k.version_id
                                  from ((select address collate "C" as address, backup_id, true as copy, size_bytes, version_id from backup_copy
                                          where destination = ?1 and address collate "C" > ?2 and (?4 or address collate "C" <= ?3)
                                          order by address collate "C" limit ?5)
                                        union all
                                        (select address collate "C", backup_id, false, size_bytes, null from reservation
                                          where destination = ?1 and address collate "C" > ?2 and (?4 or address collate "C" <= ?3)
                                          order by address collate "C" limit ?5)
                                        union all
                                        (select address collate "C", backup_id, false, 0, null from outbox
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
                        new Row(
                                (String) row[0],
                                (UUID) row[1],
                                (boolean) row[2],
                                number(row[3]),
                                (String) row[4]))
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

    void removed(UUID run, String destination, long count) {
        query(
                        database,
                        "update inventory set removed = removed + ?3 where run_id = ?1 and destination ="
                                + " ?2",
                        run,
                        destination,
                        count)
                .executeUpdate();
    }

    void close(UUID run, String destination, int uploads, Found left) {
        query(
                        database,
                        """
                        update inventory set ended_at = coffer_now(), uploads_ended = ?3, orphans = ?4, unknown = ?5
                         where run_id = ?1 and destination = ?2\
                        """,
                        run,
                        destination,
                        uploads,
                        left.orphans(),
                        left.foreign())
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
