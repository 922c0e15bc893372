package coffer.fleet.organizations;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How much is in each of some organizations, in one statement. */
@ApplicationScoped
class OrganizationTreeLedger {

    private static final String SIZES =
            """
            select p.id,
                   (select count(*) from organization c where c.parent_id = p.id),
                   (select count(*) from organization o join appliance a on a.organization_id = o.id
                     where o.path ~>=~ p.path and o.path ~<~ below(p.path) and a.deleted_at is null)
              from organization p where p.id = any(cast(string_to_array(?1, ',') as uuid[]))
            """;

    private static final String OWN =
            "select count(*) from appliance a where a.organization_id = ?1 and a.deleted_at is null";

    private final EntityManager database;

    @Inject
    OrganizationTreeLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationTreeLedger() {
        this(null);
    }

    /** Systems of the organization itself. */
    long own(UUID id) {
        return number(query(database, OWN, id).getSingleResult());
    }

    Map<UUID, OrganizationTree.Size> sizes(List<UUID> ids) {
        var sizes = new HashMap<UUID, OrganizationTree.Size>();
        if (!ids.isEmpty()) {
            for (var row : rows(query(database, SIZES, array(ids)))) {
                sizes.put((UUID) row[0], new OrganizationTree.Size(number(row[1]), number(row[2])));
            }
        }
        return sizes;
    }
}
