package coffer.appliance;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.NativeSql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Systems, their heartbeats and inventories in the catalogue. */
@ApplicationScoped
@Transactional(MANDATORY)
class ApplianceLedger {

    private static final int HISTORY = 500;

    private final EntityManager entities;

    @Inject
    ApplianceLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ApplianceLedger() {
        this(null);
    }

    void add(Appliance appliance) {
        entities.persist(appliance);
        entities.flush();
    }

    Optional<Appliance> find(UUID id) {
        return Optional.ofNullable(entities.find(Appliance.class, id));
    }

    /** Locked until the transaction ends, and read afresh. */
    Optional<Appliance> lock(UUID id) {
        return Optional.ofNullable(
                entities.find(Appliance.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    /** Now, by the database. */
    Instant beat(UUID id) {
        return instant(
                entities.createNativeQuery(
                                """
                                insert into appliance_heartbeat (appliance_id, last_at)
                                values (?1, coffer_now())
                                on conflict (appliance_id) do update set last_at = excluded.last_at
                                returning last_at
                                """)
                        .setParameter(1, id)
                        .getSingleResult());
    }

    Optional<Instant> lastBeat(UUID id) {
        return first("select last_at from appliance_heartbeat where appliance_id = ?1", id)
                .map(ApplianceLedger::instant);
    }

    /** The digest of the inventory that is kept, whose row is locked; null for none. */
    byte @Nullable [] lockInventory(UUID id) {
        return (byte[])
                first(
                                "select sha256 from appliance_inventory where appliance_id = ?1 for"
                                        + " update",
                                id)
                        .orElse(null);
    }

    private Optional<Object> first(String sql, UUID id) {
        Stream<?> rows =
                entities.createNativeQuery(sql).setParameter(1, id).getResultList().stream();
        return rows.<Object>map(row -> row).findFirst();
    }

    void seeInventory(UUID id) {
        entities.createNativeQuery(
                        "update appliance_inventory set received_at = coffer_now() where"
                                + " appliance_id = ?1")
                .setParameter(1, id)
                .executeUpdate();
    }

    /** The text goes to PostgreSQL as it is: it is the one that reads it. */
    void keepInventory(UUID id, byte[] json, byte[] sha256) {
        entities.createNativeQuery(
                        """
                        insert into appliance_inventory (appliance_id, document, sha256, received_at,
                                                         changed_at)
                        values (?1, cast(convert_from(?2, 'UTF8') as jsonb), ?3, coffer_now(),
                                coffer_now())
                        on conflict (appliance_id) do update
                           set document = excluded.document, sha256 = excluded.sha256,
                               received_at = excluded.received_at, changed_at = excluded.changed_at
                        """)
                .setParameter(1, id)
                .setParameter(2, json)
                .setParameter(3, sha256)
                .executeUpdate();
    }

    /** One line for each change, the newest {@value #HISTORY} of them. */
    void remember(UUID id, long sizeBytes, byte[] sha256) {
        entities.createNativeQuery(
                        """
                        insert into appliance_inventory_history
                               (appliance_id, received_at, sha256, size_bytes)
                        values (?1, coffer_now(), ?2, ?3)
                        """)
                .setParameter(1, id)
                .setParameter(2, sha256)
                .setParameter(3, sizeBytes)
                .executeUpdate();
        entities.createNativeQuery(
                        """
                        delete from appliance_inventory_history
                         where appliance_id = ?1
                           and received_at <= (select received_at from appliance_inventory_history
                                                where appliance_id = ?1
                                                order by received_at desc offset ?2 limit 1)
                        """)
                .setParameter(1, id)
                .setParameter(2, HISTORY)
                .executeUpdate();
    }

    /** When it came, since when it is the same, how large it is, and the text unless too large. */
    Optional<Object[]> inventory(UUID id, int mostBytes) {
        return NativeSql.rows(
                        NativeSql.query(
                                entities,
                                """
                                select received_at, changed_at, size, case when size <= ?2 then text end
                                  from (select received_at, changed_at, cast(document as text) as text, octet_length(cast(document as text)) as size
                                          from appliance_inventory where appliance_id = ?1) kept\
                                """,
                                id,
                                mostBytes))
                .stream()
                .findFirst();
    }

    /** When it changed, the newest first. */
    List<Object[]> inventoryChanges(UUID id, int most) {
        return NativeSql.rows(
                NativeSql.query(
                        entities,
                        "select received_at, sha256, size_bytes from appliance_inventory_history"
                                + " where appliance_id = ?1 order by received_at desc limit ?2",
                        id,
                        most));
    }

    private static Instant instant(Object value) {
        return switch (value) {
            case java.sql.Timestamp timestamp -> timestamp.toInstant();
            case OffsetDateTime time -> time.toInstant();
            case Instant instant -> instant;
            default -> throw new IllegalStateException("not a time: " + value.getClass());
        };
    }
}
