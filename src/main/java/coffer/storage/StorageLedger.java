package coffer.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What stores were seen to do, for nodes that cannot look for themselves. */
@ApplicationScoped
class StorageLedger {

    private final EntityManager entities;

    @Inject
    StorageLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageLedger() {
        this(null);
    }

    @Transactional
    void record(String destination, Capabilities seen) {
        entities.createNativeQuery(
                        """
                        insert into destination_capability (destination, capabilities, probed_at)
                        values (?, ?, coffer_now())
                        on conflict (destination) do update
                        set capabilities = excluded.capabilities, probed_at = excluded.probed_at
                        """)
                .setParameter(1, destination)
                .setParameter(2, seen.words())
                .executeUpdate();
    }

    @Transactional
    Optional<Capabilities> recorded(String destination) {
        var rows =
                entities.createNativeQuery(
                                "select capabilities, probed_at from destination_capability where"
                                        + " destination = ?")
                        .setParameter(1, destination)
                        .getResultList();
        return rows.isEmpty() ? Optional.empty() : Optional.of(row((Object[]) rows.getFirst()));
    }

    /** Copies and bytes in each destination. */
    @Transactional
    Map<String, StorageReport.Space> used() {
        var used = new TreeMap<String, StorageReport.Space>();
        List<?> rows =
                entities.createNativeQuery(
                                """
                                select destination, count(*), cast(sum(size_bytes) as bigint),
                                       count(*) filter (where health in ('corrupt', 'missing'))
                                  from backup_copy group by destination
                                """)
                        .getResultList();
        for (var row : rows) {
            var columns = (Object[]) row;
            used.put(
                    (String) columns[0],
                    new StorageReport.Space(
                            ((Number) columns[1]).longValue(),
                            ((Number) columns[2]).longValue(),
                            ((Number) columns[3]).longValue()));
        }
        return used;
    }

    private static Capabilities row(Object[] columns) {
        return Capabilities.parse((String) columns[0], instant(columns[1]));
    }

    /** The driver's type depends on how EclipseLink asks. */
    private static Instant instant(Object column) {
        return switch (column) {
            case java.sql.Timestamp timestamp -> timestamp.toInstant();
            case OffsetDateTime time -> time.toInstant();
            case Instant instant -> instant;
            default -> throw new IllegalStateException("not a time: " + column.getClass());
        };
    }
}
