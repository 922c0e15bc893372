package coffer.erasure;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.storage.Sweep;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Where an erasure must find nothing, and how often it has. */
@ApplicationScoped
class PlaceLedger {

    private final EntityManager database;

    @Inject
    PlaceLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PlaceLedger() {
        this(null);
    }

    /** A destination and when its looks were, over all systems. */
    record Looked(String destination, long places, Instant firstAt, Instant lastAt) {}

    /** Every system in every destination there is, and in those that its copies name. */
    void open(UUID purge, Collection<String> destinations) {
        query(
                        database,
                        """
                        insert into purge_place (purge_id, system_id, destination)
                        select s.purge_id, s.system_id, d.name
                          from purge_system s
                         cross join lateral (select unnest(string_to_array(?2, ',')) as name
                                             union select c.destination from backup_copy c join backup b on b.id = c.backup_id
                                                    where b.subject_id = s.system_id) d
                         where s.purge_id = ?1 on conflict do nothing\
                        """,
                        purge,
                        array(destinations))
                .executeUpdate();
    }

    /** The next places that wait for a look, in order. */
    List<PurgeWork.Place> places(PurgeWork.@Nullable Place after, Duration interval, int most) {
        return rows(
                        query(
                                database,
                                """
                                select l.purge_id, l.system_id, l.destination, l.looks
                                  from purge_place l join purge p on p.id = l.purge_id
                                 where p.state = 'LOOKING' and l.looks < 2
                                   and (l.looked_at is null or l.looks = 0 or l.looked_at + ?5 * interval '1 millisecond' <= coffer_now())
                                   and (l.purge_id, l.system_id, l.destination) > (?1, ?2, ?3)\
                                """
                                        + WorkLedger.NOT_BLOCKED
                                        + " order by l.purge_id, l.system_id, l.destination limit ?4",
                                after == null ? new UUID(0, 0) : after.purgeId(),
                                after == null ? new UUID(0, 0) : after.systemId(),
                                after == null ? "" : after.destination(),
                                most,
                                interval.toMillis()))
                .stream()
                .map(row ->
                        new PurgeWork.Place(
                                (UUID) row[0],
                                (UUID) row[1],
                                (String) row[2],
                                (int) number(row[3])))
                .toList();
    }

    /** How many wait for a look now. */
    long left(Duration interval) {
        return number(
                query(
                                database,
                                """
                                select count(*) from purge_place l join purge p on p.id = l.purge_id
                                 where p.state = 'LOOKING' and l.looks < 2
                                   and (l.looked_at is null or l.looks = 0 or l.looked_at + ?1 * interval '1 millisecond' <= coffer_now())\
                                """
                                        + WorkLedger.NOT_BLOCKED,
                                interval.toMillis())
                        .getSingleResult());
    }

    /** A look found nothing; or something, and then looking begins again. */
    void looked(PurgeWork.Place place, boolean clean) {
        query(
                        database,
                        """
                        update purge_place set looks = case when ?4 then looks + 1 else 0 end, looked_at = coffer_now(),
                               first_at = case when ?4 and looks > 0 then first_at when ?4 then coffer_now() end
                         where purge_id = ?1 and system_id = ?2 and destination = ?3\
                        """,
                        place.purgeId(),
                        place.systemId(),
                        place.destination(),
                        clean)
                .executeUpdate();
    }

    /** Things that lie in a place, each once. */
    void finds(PurgeWork.Place place, List<Sweep.Thing> things) {
        for (var thing : things) {
            query(
                            database,
                            """
                            insert into purge_found (purge_id, destination, thing, address, version_id) values (?1, ?2, ?3, ?4, ?5)
                            on conflict do nothing\
                            """,
                            place.purgeId(),
                            place.destination(),
                            switch (thing.kind()) {
                                case VERSION -> "found.versions";
                                case DELETE_MARKER -> "found.delete_markers";
                                case MULTIPART_UPLOAD -> "found.multipart_uploads";
                            },
                            thing.key(),
                            thing.versionId())
                    .executeUpdate();
        }
    }

    /** Makes counts of what has been found. */
    void count(UUID purge) {
        query(
                        database,
                        """
                        with gone as (delete from purge_found where purge_id = ?1 returning thing),
                             counted as (select thing, count(*) as amount from gone group by thing)
                        insert into purge_count as c (purge_id, thing, amount) select ?1, thing, amount from counted
                        on conflict (purge_id, thing) do update set amount = c.amount + excluded.amount\
                        """,
                        purge)
                .executeUpdate();
    }

    boolean left(UUID purge) {
        return !query(
                        database,
                        "select 1 from purge_place where purge_id = ?1 and looks < 2 limit 1",
                        purge)
                .getResultList()
                .isEmpty();
    }

    List<Looked> looks(UUID purge) {
        return rows(
                        query(
                                database,
                                """
                                select destination, count(*), min(first_at), max(looked_at) from purge_place
                                 where purge_id = ?1 group by destination order by destination\
                                """,
                                purge))
                .stream()
                .map(row ->
                        new Looked(
                                (String) row[0], number(row[1]), instant(row[2]), instant(row[3])))
                .toList();
    }
}
