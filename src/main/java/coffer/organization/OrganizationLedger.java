package coffer.organization;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Organizations in the catalogue. */
@ApplicationScoped
class OrganizationLedger {

    private final EntityManager entities;

    @Inject
    OrganizationLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationLedger() {
        this(null);
    }

    void add(Organization organization) {
        entities.persist(organization);
        entities.flush();
    }

    Optional<Organization> find(UUID id) {
        return Optional.ofNullable(entities.find(Organization.class, id));
    }

    /** Locked until the transaction ends, and read afresh. */
    Optional<Organization> lock(UUID id) {
        return Optional.ofNullable(
                entities.find(Organization.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<OrganizationRow> rows(Collection<UUID> ids) {
        return entities.createQuery(
                        "select o from Organization o where o.id in :ids", Organization.class)
                .setParameter("ids", ids)
                .getResultStream()
                .map(Organization::row)
                .sorted(Comparator.comparingInt(row -> row.path().size()))
                .toList();
    }
}
