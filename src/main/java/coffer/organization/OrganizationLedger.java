package coffer.organization;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;

import coffer.platform.NativeSql;
import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Organizations in the catalogue. */
@ApplicationScoped
class OrganizationLedger {

    private static final String COLUMNS =
            """
            select id, kind, name, path, quota_bytes, max_backups, max_bytes, ciphertext, downloads,
                   suspended_at, deleted_at, created_at
              from organization\
            """;

    private static final String ABOVE =
            COLUMNS
                    + """
                     where id = any((select path_ids(own.path) from appliance a join organization own on own.id = a.organization_id
                                      where a.id = ?1)::uuid[]) order by length(path)\
                    """;

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

    /** The tree keeps its shape until the transaction ends; before any row is locked. */
    void stand() {
        entities.createNativeQuery("select cast(tree_stands() as text)").getSingleResult();
    }

    /**
     * Nobody else charges, books or hangs in anything until the transaction ends; before any row.
     */
    void change() {
        entities.createNativeQuery("select cast(tree_changes() as text)").getSingleResult();
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

    /** Hangs an organization with all below it elsewhere; its row is locked, the tree is ours. */
    Organization move(OrganizationRow moved, OrganizationRow parent) {
        var from = text(moved.path());
        var to = text(parent.path()) + moved.id() + "/";
        entities.flush();
        query(
                        entities,
                        "update organization set parent_id = ?2, version = version + 1 where id ="
                                + " ?1",
                        moved.id(),
                        parent.id())
                .executeUpdate();
        query(
                        entities,
                        """
                        update organization set path = ?3 || substr(path, length(?1) + 1)
                         where path ~>=~ ?1 and path ~<~ ?2\
                        """,
                        from,
                        from.substring(0, from.length() - 1) + "0",
                        to)
                .executeUpdate();
        var organization = find(moved.id()).orElseThrow();
        entities.refresh(organization);
        return organization;
    }

    private static String text(List<UUID> path) {
        return path.stream().map(UUID::toString).collect(Collectors.joining("/", "/", "/"));
    }

    /** Root first. */
    List<OrganizationRow> rows(Collection<UUID> ids) {
        return rows(
                NativeSql.rows(
                        query(
                                entities,
                                COLUMNS
                                        + " where id = any(cast(string_to_array(?1, ',') as uuid[]))"
                                        + " order by length(path)",
                                array(ids))));
    }

    /** Those above a system, root first, its owner last. */
    static Sql<List<OrganizationRow>> above(UUID systemId) {
        return Sql.rows(ABOVE, systemId).as(OrganizationLedger::rows);
    }

    private static List<OrganizationRow> rows(List<@Nullable Object[]> rows) {
        return rows.stream().map(OrganizationLedger::row).toList();
    }

    private static OrganizationRow row(@Nullable Object[] row) {
        return new OrganizationRow(
                (UUID) row[0],
                (String) row[1],
                (String) row[2],
                Organization.ids((String) row[3]),
                new OrganizationPolicy(
                        (Long) row[4],
                        (Integer) row[5],
                        (Long) row[6],
                        (String) row[7],
                        (String) row[8]),
                row[9] == null ? null : instant(row[9]),
                row[10] == null ? null : instant(row[10]),
                instant(row[11]));
    }
}
