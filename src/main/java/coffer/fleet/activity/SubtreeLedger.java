package coffer.fleet.activity;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/**
 * How much of the fleet a subtree is, which decides where a statement begins: a plan that knows no
 * values takes every path for a small one.
 */
@ApplicationScoped
class SubtreeLedger {

    /** Where to begin. */
    enum Size {
        /** The tree: whose anything is need not be asked. */
        WHOLE,
        /** Few systems: each is asked for its own. */
        SMALL,
        /** Many: what is wanted is found first, then whose it is. */
        LARGE
    }

    private static final int FEW_SYSTEMS = 500;

    private final EntityManager database;

    @Inject
    SubtreeLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SubtreeLedger() {
        this(null);
    }

    /** The size of what is below {@code path}, itself included. */
    Size size(String path) {
        if (path.indexOf('/', 1) == path.length() - 1) {
            return Size.WHOLE;
        }
        var systems =
                number(
                        query(
                                        database,
                                        """
                                        select count(*) from (
                                            select 1 from organization o join appliance a on a.organization_id = o.id
                                             where o.path ~>=~ ?1 and o.path ~<~ below(?1) limit ?2) few
                                        """,
                                        path,
                                        FEW_SYSTEMS + 1)
                                .getSingleResult());
        return systems > FEW_SYSTEMS ? Size.LARGE : Size.SMALL;
    }
}
