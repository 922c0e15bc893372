package coffer.fleet.organizations;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.fleet.Conditions;
import coffer.organization.OrganizationPolicy;
import coffer.organization.OrganizationRow;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The subtree of an organization, as a list: one range of its paths (ADR 0007). */
@ApplicationScoped
class OrganizationListLedger {

    private static final String BELOW =
            " from organization me join organization o on o.path ~>=~ me.path and o.path ~<~"
                    + " below(me.path) where ";

    private final EntityManager database;

    @Inject
    OrganizationListLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OrganizationListLedger() {
        this(null);
    }

    long count(Conditions where) {
        return number(
                query(database, "select count(*)" + BELOW + where.sql(), where.values())
                        .getSingleResult());
    }

    /** What stands above is looked up for the page's lines alone. */
    List<ListedOrganization> page(Conditions where, String order, Paging paging) {
        var sql =
                """
                with page as (
                  select o.*, row_number() over (order by %s) as line %s %s order by line limit %d offset %d)
                select p.id, p.kind, p.name, p.path, p.quota_bytes, p.max_backups, p.max_bytes, p.ciphertext, p.downloads,
                       p.suspended_at, p.deleted_at, p.created_at,
                       exists (select from organization up where up.id = any (path_ids(p.path)) and up.id <> p.id
                                  and up.suspended_at is not null),
                       exists (select from organization up where up.id = any (path_ids(p.path)) and up.id <> p.id
                                  and up.deleted_at is not null),
                       p.erasing_at is not null,
                       exists (select from legal_hold h where h.organization_id = any (path_ids(p.path)) and h.lifted_at is null)
                  from page p order by p.line\
                """
                        .formatted(order, BELOW, where.sql(), paging.pageSize(), paging.offset());
        return rows(query(database, sql, where.values())).stream()
                .map(OrganizationListLedger::listed)
                .toList();
    }

    Optional<ListedOrganization> find(UUID id) {
        return page(
                        new Conditions().and("me.id = ?", id).and("o.id = me.id"),
                        "o.id",
                        new Paging(1, 1))
                .stream()
                .findFirst();
    }

    private static ListedOrganization listed(@Nullable Object[] row) {
        var organization =
                new OrganizationRow(
                        (UUID) there(row[0]),
                        (String) there(row[1]),
                        (String) there(row[2]),
                        Stream.of(((String) there(row[3])).split("/", -1))
                                .filter(id -> !id.isEmpty())
                                .map(UUID::fromString)
                                .toList(),
                        new OrganizationPolicy(
                                row[4] == null ? null : number(row[4]),
                                row[5] == null ? null : (int) number(row[5]),
                                row[6] == null ? null : number(row[6]),
                                (String) there(row[7]),
                                (String) there(row[8])),
                        time(row[9]),
                        time(row[10]),
                        instant(there(row[11])));
        return new ListedOrganization(
                organization,
                (boolean) there(row[12]),
                (boolean) there(row[13]),
                (boolean) there(row[14]),
                (boolean) there(row[15]));
    }

    private static @Nullable Instant time(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    private static Object there(@Nullable Object value) {
        return java.util.Objects.requireNonNull(value);
    }
}
