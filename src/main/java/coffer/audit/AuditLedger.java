package coffer.audit;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

/** Inserts entries; the database role of the application may do no more. */
@ApplicationScoped
class AuditLedger {

    private final EntityManager entities;

    @Inject
    AuditLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AuditLedger() {
        this(null);
    }

    /** The entry first: the detail refers to it. */
    @Transactional(MANDATORY)
    void add(AuditEntry entry, AuditDetail detail) {
        entities.persist(entry);
        entities.flush();
        entities.persist(detail);
    }
}
