package coffer.quota;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Counts again what the counters say, and repairs them (invariant 4). */
@ApplicationScoped
@Transactional(MANDATORY)
class RecountLedger {

    /** What the counters of organizations should be, by the catalogue. */
    private static final String TRUTH =
            """
            select u.organization_id,
                   coalesce((select sum(b.size_bytes) from appliance a join backup b on b.subject_id = a.id and b.state = 'STORED'
                              where a.organization_id = u.organization_id), 0) as own_live,
                   case when u.tree_counted then coalesce((
                       select sum(b.size_bytes) from organization below join appliance a on a.organization_id = below.id
                         join backup b on b.subject_id = a.id and b.state = 'STORED'
                        where below.path like o.path || '%'), 0) else u.tree_live_bytes end as tree_live,
                   coalesce((select sum(t.bytes) from reservation_tier t
                              where t.organization_id = u.organization_id and t.scope = 'own'), 0) as own_reserved,
                   coalesce((select sum(t.bytes) from reservation_tier t
                              where t.organization_id = u.organization_id and t.scope = 'tree'), 0) as tree_reserved,
                   u.own_live_bytes, u.tree_live_bytes, u.own_reserved_bytes, u.tree_reserved_bytes
              from organization_usage u join organization o on o.id = u.organization_id
            """;

    private static final String WRONG =
            " where (own_live, tree_live, own_reserved, tree_reserved) is distinct from"
                    + " (own_live_bytes, tree_live_bytes, own_reserved_bytes,"
                    + " tree_reserved_bytes)";

    private final EntityManager database;

    @Inject
    RecountLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RecountLedger() {
        this(null);
    }

    /** The tree stands first, as for one account. */
    void lock(Collection<UUID> systemIds) {
        stand();
        query(
                        database,
                        """
                        insert into appliance_usage (appliance_id)
                        select cast(id as uuid) from unnest(string_to_array(?1, ',')) id on conflict do nothing\
                        """,
                        array(systemIds))
                .executeUpdate();
        query(
                        database,
                        """
                        select appliance_id, 1 from appliance_usage
                         where appliance_id = any(cast(string_to_array(?1, ',') as uuid[]))
                         order by appliance_id for update\
                        """,
                        array(systemIds))
                .getResultList();
    }

    private void stand() {
        query(database, "select cast(tree_stands() as text)").getSingleResult();
    }

    void bookTrash(Map<UUID, UsageChange> changes) {
        var systems = List.copyOf(changes.keySet());
        var all = systems.stream().map(changes::get).toList();
        query(
                        database,
                        """
                        update appliance_usage u set trash_count = u.trash_count + c.number, trash_bytes = u.trash_bytes + c.bytes
                          from unnest(cast(string_to_array(?1, ',') as uuid[]), cast(string_to_array(?2, ',') as integer[]),
                                      cast(string_to_array(?3, ',') as bigint[])) c (id, number, bytes)
                         where u.appliance_id = c.id\
                        """,
                        array(systems),
                        array(all.stream().map(UsageChange::trashCount).toList()),
                        array(all.stream().map(UsageChange::trashBytes).toList()))
                .executeUpdate();
    }

    Optional<UsageChange> system(UUID systemId) {
        var row =
                rows(query(
                                database,
                                """
                                select count(b.id) filter (where b.state = 'STORED') - u.live_count,
                                       coalesce(sum(b.size_bytes) filter (where b.state = 'STORED'), 0) - u.live_bytes,
                                       count(b.id) filter (where b.state = 'TRASHED') - u.trash_count,
                                       coalesce(sum(b.size_bytes) filter (where b.state = 'TRASHED'), 0) - u.trash_bytes,
                                       (select coalesce(sum(r.charged_bytes), 0) from reservation r
                                         where r.appliance_id = u.appliance_id) - u.reserved_bytes
                                  from appliance_usage u
                                  left join backup b on b.subject_id = u.appliance_id and b.state in ('STORED', 'TRASHED')
                                 where u.appliance_id = ?1 group by u.appliance_id\
                                """,
                                systemId))
                        .getFirst();
        var wrong =
                new UsageChange(
                        (int) number(row[0]), number(row[1]), (int) number(row[2]), number(row[3]));
        if (wrong.equals(UsageChange.NONE) && number(row[4]) == 0) {
            return Optional.empty();
        }
        query(
                        database,
                        """
                        update appliance_usage
                           set live_count = live_count + ?2, live_bytes = live_bytes + ?3, trash_count = trash_count + ?4,
                               trash_bytes = trash_bytes + ?5, reserved_bytes = reserved_bytes + ?6
                         where appliance_id = ?1\
                        """,
                        systemId,
                        wrong.liveCount(),
                        wrong.liveBytes(),
                        wrong.trashCount(),
                        wrong.trashBytes(),
                        number(row[4]))
                .executeUpdate();
        return Optional.of(wrong);
    }

    /** One snapshot, no lock: uploads that end meanwhile do not show in it by halves. */
    List<UUID> suspects() {
        List<?> ids =
                query(
                                database,
                                "select organization_id from ("
                                        + TRUTH
                                        + ") t"
                                        + WRONG
                                        + " order by 1")
                        .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    /** The tree, systems by id, then the organization: the order of all who charge or book. */
    boolean organization(UUID organizationId) {
        stand();
        query(
                        database,
                        """
                        select u.appliance_id, 1 from appliance_usage u
                         where u.appliance_id in (
                               select a.id from organization o join organization below on below.path like o.path || '%'
                                 join appliance a on a.organization_id = below.id where o.id = ?1)
                         order by u.appliance_id for update of u\
                        """,
                        organizationId)
                .getResultList();
        query(
                        database,
                        "select organization_id, 1 from organization_usage where organization_id ="
                                + " ?1 for update",
                        organizationId)
                .getResultList();
        // A statement of its own: it sees what those committed that it has waited for.
        return query(
                                database,
                                """
                                update organization_usage g
                                   set own_live_bytes = t.own_live, tree_live_bytes = t.tree_live,
                                       own_reserved_bytes = t.own_reserved, tree_reserved_bytes = t.tree_reserved
                                  from (\
                                """
                                        + TRUTH
                                        + """
                                         where u.organization_id = ?1) t
                                         where g.organization_id = t.organization_id
                                           and (t.own_live, t.tree_live, t.own_reserved, t.tree_reserved) is distinct from
                                               (g.own_live_bytes, g.tree_live_bytes, g.own_reserved_bytes, g.tree_reserved_bytes)\
                                        """,
                                organizationId)
                        .executeUpdate()
                == 1;
    }
}
