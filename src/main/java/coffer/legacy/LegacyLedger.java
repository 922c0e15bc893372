package coffer.legacy;

import static coffer.platform.NativeSql.query;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Pairs as their systems use them. */
@ApplicationScoped
class LegacyLedger {

    private final EntityManager entities;

    @Inject
    LegacyLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LegacyLedger() {
        this(null);
    }

    /**
     * Whoever holds the row writes something of more weight: then this is left to the next call.
     */
    @Transactional
    void seen(UUID systemId, String protocol) {
        query(
                        entities,
                        """
                        update appliance
                           set last_legacy_protocol = ?2, last_legacy_at = coffer_now()
                         where id = (select id from appliance where id = ?1 for update skip locked)
                        """,
                        systemId,
                        protocol)
                .executeUpdate();
    }

    /** The system id that a pair has on the old platform; empty if it is no pair. */
    @Transactional
    Optional<String> legacyId(UUID pairId) {
        return first("select legacy_id from legacy_pair where id = ?1", pairId)
                .map(String.class::cast);
    }

    /** Whether the old platform knew the system by this name, then or now. */
    @Transactional
    boolean isNameOf(UUID systemId, String legacyId) {
        return first(
                        "select 1 from legacy_pair where appliance_id = ?1 and legacy_id = ?2",
                        systemId,
                        legacyId)
                .isPresent();
    }

    /** Whether the pair's system has its new credential; empty if it is no pair. */
    @Transactional(MANDATORY)
    Optional<Boolean> confirmed(UUID pairId) {
        return first("select confirmed_at is not null from legacy_pair where id = ?1", pairId)
                .map(Boolean.class::cast);
    }

    /** From now on the pairs of this system end after {@code grace}; how many that were. */
    @Transactional(MANDATORY)
    int confirm(UUID systemId, Duration grace) {
        return query(
                        entities,
                        """
                        update legacy_pair
                           set confirmed_at = coffer_now(),
                               ends_at = coffer_now() + ?2 * interval '1 millisecond',
                               version = version + 1
                         where appliance_id = ?1 and ended_at is null and confirmed_at is null
                        """,
                        systemId,
                        grace.toMillis())
                .executeUpdate();
    }

    private Optional<Object> first(String sql, Object... parameters) {
        Stream<?> rows = query(entities, sql, parameters).getResultList().stream();
        return rows.<Object>map(row -> row).findFirst();
    }
}
