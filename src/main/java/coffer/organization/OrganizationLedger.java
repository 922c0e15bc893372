package coffer.organization;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;

import coffer.platform.NativeSql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
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

    /** Root first. Asked for each upload, so it makes no entities. */
    List<OrganizationRow> rows(Collection<UUID> ids) {
        return NativeSql.rows(
                        query(
                                entities,
                                """
                                select id, kind, name, path, quota_bytes, max_backups, max_bytes, ciphertext, suspended_at, deleted_at
                                  from organization where id = any(cast(string_to_array(?1, ',') as uuid[])) order by length(path)\
                                """,
                                array(ids)))
                .stream()
                .map(OrganizationLedger::row)
                .toList();
    }

    private static OrganizationRow row(@Nullable Object[] row) {
        return new OrganizationRow(
                (UUID) row[0],
                (String) row[1],
                (String) row[2],
                Organization.ids((String) row[3]),
                (Long) row[4],
                (Integer) row[5],
                (Long) row[6],
                (String) row[7],
                row[8] == null ? null : instant(row[8]),
                row[9] == null ? null : instant(row[9]));
    }
}
