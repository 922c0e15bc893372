package coffer.people;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.id.Visibility;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Locale;

/** Lists of accounts. */
@ApplicationScoped
class UserListLedger {

    private static final String FILTER =
            """
             and o.path like ?1 and (?2 = '' or o.id = cast(nullif(?2, '') as uuid) or o.path like ?3)
             and (?4 = '' or a.username like ?4 or lower(a.name) like ?4 or lower(a.email) like ?4)
             and (?5 = '' or ?5 = any(a.roles))
            """;

    private static final String COUNT =
            """
            select count(*) from account a join organization o on o.id = a.organization_id
             where a.deleted_at is null
            """;

    private final EntityManager database;

    @Inject
    UserListLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected UserListLedger() {
        this(null);
    }

    /**
     * Which accounts of a subtree are wanted; an empty text wants all.
     *
     * @param path for {@code like}
     * @param organization its id
     * @param below for {@code like}: those below it, too
     * @param name for {@code like}
     * @param role its name on the wire
     */
    record Filter(String path, String organization, String below, String name, String role) {

        static Filter of(Visibility visibility, UserDesk.Wanted wanted) {
            var organization = wanted.organizationId();
            var search = wanted.search();
            return new Filter(
                    visibility.prefix() + "%",
                    organization == null ? "" : organization.toString(),
                    organization != null && wanted.below() ? "%/" + organization + "/%" : "",
                    search == null || search.isBlank() ? "" : containing(search),
                    wanted.role() == null ? "" : wanted.role());
        }

        private static String containing(String text) {
            var plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1");
            return "%" + plain + "%";
        }
    }

    /** One page, by user name. */
    @Transactional
    List<AccountRow> page(Filter filter, int offset, int limit) {
        return rows(
                        query(
                                database,
                                AccountLedger.SELECT
                                        + FILTER
                                        + " order by a.username, a.id offset ?6 limit ?7",
                                filter.path(),
                                filter.organization(),
                                filter.below(),
                                filter.name(),
                                filter.role(),
                                offset,
                                limit))
                .stream()
                .map(AccountLedger::account)
                .toList();
    }

    @Transactional
    long count(Filter filter) {
        return number(
                query(
                                database,
                                COUNT + FILTER,
                                filter.path(),
                                filter.organization(),
                                filter.below(),
                                filter.name(),
                                filter.role())
                        .getSingleResult());
    }
}
