package coffer.backup;

import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Finds uploads whose node died on the way. */
@ApplicationScoped
class SweepLedger {

    private final EntityManager database;

    @Inject
    SweepLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SweepLedger() {
        this(null);
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

    /** An upload that nobody works on any more. */
    record Abandoned(UUID backupId, UUID systemId, String destination, String address) {}
}
