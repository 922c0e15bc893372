package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;

/** This node's sign of life, for the other nodes; and the moved time of test databases. */
@ApplicationScoped
class NodeLedger {

    private final EntityManager entities;
    private final NodeIdentity node;

    @Inject
    NodeLedger(EntityManager entities, NodeIdentity node) {
        this.entities = entities;
        this.node = node;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected NodeLedger() {
        this(null, null);
    }

    @Transactional
    void start() {
        entities.createNativeQuery(
                        """
                        insert into node (name, started_at, seen_at)
                        values (?, coffer_now(), coffer_now())
                        on conflict (name) do update
                        set started_at = coffer_now(), seen_at = coffer_now()
                        """)
                .setParameter(1, node.name())
                .executeUpdate();
    }

    @Transactional
    void beat() {
        entities.createNativeQuery(
                        """
                        insert into node (name, started_at, seen_at)
                        values (?, coffer_now(), coffer_now())
                        on conflict (name) do update set seen_at = coffer_now()
                        """)
                .setParameter(1, node.name())
                .executeUpdate();
    }

    @Transactional
    boolean demo() {
        return (Boolean)
                entities.createNativeQuery("select demo is not null from installation")
                        .getSingleResult();
    }

    @Transactional
    Duration offset() {
        var micros =
                (Number)
                        entities.createNativeQuery(
                                        """
                                        select (extract(epoch from clock_offset) * 1000000)::bigint
                                        from installation
                                        """)
                                .getSingleResult();
        return Duration.ofNanos(Math.multiplyExact(micros.longValue(), 1000L));
    }
}
