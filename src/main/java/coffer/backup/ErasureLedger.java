package coffer.backup;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.quota.UsageChange;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** All backups of one system at once; its account must be locked. */
@ApplicationScoped
class ErasureLedger {

    private final EntityManager database;

    @Inject
    ErasureLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ErasureLedger() {
        this(null);
    }

    Optional<Instant> lastLease(UUID systemId) {
        List<?> leases =
                query(
                                database,
                                "select lease_until from reservation where appliance_id = ?1 order by"
                                        + " lease_until desc limit 1",
                                systemId)
                        .getResultList();
        return leases.stream().<Instant>map(lease -> instant(lease)).findFirst();
    }

    List<Abandoned> pending(UUID systemId) {
        return rows(
                        query(
                                database,
                                """
                                select b.id, b.subject_id, r.destination, r.address
                                  from backup b join reservation r on r.backup_id = b.id
                                 where b.subject_id = ?1 and b.state = 'PENDING' order by b.id\
                                """,
                                systemId))
                .stream()
                .map(row ->
                        new Abandoned(
                                (UUID) row[0], (UUID) row[1], (String) row[2], (String) row[3]))
                .toList();
    }

    /** What dooming all of it will change. */
    UsageChange kept(UUID systemId) {
        var row =
                rows(query(
                                database,
                                """
                                select count(*) filter (where state = 'STORED'),
                                       coalesce(sum(size_bytes) filter (where state = 'STORED'), 0),
                                       count(*) filter (where state = 'TRASHED'),
                                       coalesce(sum(size_bytes) filter (where state = 'TRASHED'), 0)
                                  from backup where subject_id = ?1 and state in ('STORED', 'TRASHED')\
                                """,
                                systemId))
                        .getFirst();
        return new UsageChange(
                (int) -number(row[0]), -number(row[1]), (int) -number(row[2]), -number(row[3]));
    }

    void doom(UUID systemId) {
        query(
                        database,
                        """
                        with gone as (
                            update backup set state = 'DOOMED', version = version + 1
                             where subject_id = ?1 and state in ('STORED', 'TRASHED') returning id)
                        insert into outbox (backup_id, destination, address, version_id, not_before, created_at)
                        select c.backup_id, c.destination, c.address, c.version_id, 'infinity', coffer_now()
                          from backup_copy c join gone g on g.id = c.backup_id\
                        """,
                        systemId)
                .executeUpdate();
    }

    /** What the erasure counts, nobody else may erase meanwhile. */
    void keepFromReaper(UUID systemId) {
        query(
                        database,
                        """
                        update outbox set not_before = 'infinity'
                         where backup_id in (select id from backup where subject_id = ?1) and not_before < 'infinity'\
                        """,
                        systemId)
                .executeUpdate();
    }
}
