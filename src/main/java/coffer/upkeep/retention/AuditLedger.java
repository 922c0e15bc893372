package coffer.upkeep.retention;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.fleet.BackupStates;
import coffer.platform.web.Json;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads many systems with few statements. */
@ApplicationScoped
@Transactional(MANDATORY)
class AuditLedger {

    private static final String SYSTEMS =
            """
            select a.id, o.path, coalesce(u.live_count, 0), coalesce(u.live_bytes, 0), coalesce(u.trash_count, 0),
                   coalesce(u.trash_bytes, 0), u.last_upload_at, cast(s.given_up as text),
                   %s
              from (select cast(?1 as timestamptz) as at, coffer_now() as now) t
             cross join appliance a
              join organization o on o.id = a.organization_id
            %s left join retention_spent_day s on s.appliance_id = a.id and s.utc_day = cast(t.at at time zone 'UTC' as date)
            """
                    .formatted(BackupStates.asOf("t.now"), BackupStates.FACTS);

    private final EntityManager database;

    @Inject
    AuditLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AuditLedger() {
        this(null);
    }

    /** How many systems a part has: by the last byte of their ids, which is random. */
    long count(int part, int parts) {
        return number(
                query(
                                database,
                                "select count(*) from appliance where get_byte(uuid_send(id), 15) %"
                                        + " ?2 = ?1",
                                part,
                                parts)
                        .getSingleResult());
    }

    /** Systems of a part after {@code after}, by id. */
    List<Object[]> systems(int part, int parts, UUID after, Instant at, int most) {
        return rows(
                query(
                        database,
                        SYSTEMS
                                + " where a.id > ?2 and get_byte(uuid_send(a.id), 15) % ?3 = ?4"
                                + " order by a.id limit ?5",
                        at.toString(),
                        after,
                        parts,
                        part,
                        most));
    }

    /** These systems, as they are now. */
    List<Object[]> systems(Collection<UUID> ids, Instant at) {
        return rows(
                query(
                        database,
                        SYSTEMS
                                + " where a.id = any(cast(string_to_array(?2, ',') as uuid[]))"
                                + " order by a.id",
                        at.toString(),
                        array(ids)));
    }

    /** What is kept of them, oldest first within a system. */
    List<Object[]> kept(Collection<UUID> systems) {
        return rows(
                query(
                        database,
                        """
                        with asked as materialized (
                            select id, held_by_law(id) as held from unnest(cast(string_to_array(?1, ',') as uuid[])) id)
                        select b.subject_id, b.id, b.seq, b.uploaded_at, b.size_bytes, b.state,
                               b.pinned_at is not null and coalesce(b.pinned_until > coffer_now(), true), b.trashed_at,
                               exists (select from backup_copy c where c.backup_id = b.id and c.health in ('stored', 'verified')),
                               exists (select from reservation_claim r where r.victim_id = b.id),
                               b.trashed_by, b.content_kind, asked.held
                          from asked join backup b on b.subject_id = asked.id and b.state in ('STORED', 'TRASHED')
                         order by b.subject_id, b.seq\
                        """,
                        array(systems)));
    }

    /** Their alerts that are open. */
    List<Object[]> alerts(Collection<UUID> systems) {
        return rows(
                query(
                        database,
                        """
                        select cast(substr(subject, 8) as uuid), code from alert
                         where resolved_at is null and code like 'backup.%'
                           and subject = any(select 'system:' || id from unnest(string_to_array(?1, ',')) id)\
                        """,
                        array(systems)));
    }

    /** Lines of the report, once for a run and system, with one statement. */
    void find(UUID run, List<Line> lines) {
        if (lines.isEmpty()) {
            return;
        }
        query(
                        database,
                        """
                        insert into retention_finding (run_id, appliance_id, organization_id, state, expired_count, expired_bytes,
                                                       surplus_count, recounted, oddities, verdicts)
                        select ?1, l.system_id, l.organization_id, l.state, l.expired_count, l.expired_bytes, l.surplus_count,
                               l.recounted, l.oddities, l.verdicts
                          from jsonb_to_recordset(cast(?2 as jsonb)) l (system_id uuid, organization_id uuid, state text,
                               expired_count integer, expired_bytes bigint, surplus_count integer, recounted boolean, oddities text,
                               verdicts jsonb)
                        on conflict do nothing\
                        """,
                        run,
                        Json.text(lines))
                .executeUpdate();
    }

    /**
     * What a run has to tell of a system.
     *
     * @param expiredCount backups that went for good, or would
     * @param oddities codes, parted by spaces
     */
    public record Line(
            UUID systemId,
            UUID organizationId,
            String state,
            int expiredCount,
            long expiredBytes,
            int surplusCount,
            boolean recounted,
            String oddities,
            List<Map<String, String>> verdicts) {

        /** Copies. */
        public Line {
            verdicts = List.copyOf(verdicts);
        }
    }

    /** The report of each organization that owns systems; again and again the same. */
    int report(UUID run, Instant at, boolean preview) {
        return query(
                        database,
                        """
                        insert into retention_report (run_id, organization_id, utc_day, preview, systems, live_count, live_bytes,
                               trash_count, trash_bytes, never, late, overdue, odd, expired_count, expired_bytes, surplus_count,
                               recounted, made_at)
                        select ?1, a.organization_id, cast(cast(?2 as timestamptz) at time zone 'UTC' as date), ?3, count(*),
                               coalesce(sum(u.live_count), 0), coalesce(sum(u.live_bytes), 0), coalesce(sum(u.trash_count), 0),
                               coalesce(sum(u.trash_bytes), 0), count(*) filter (where u.last_upload_at is null),
                               count(f.state) filter (where f.state = 'late'), count(f.state) filter (where f.state = 'overdue'),
                               count(f.state) filter (where f.oddities <> ''), coalesce(sum(f.expired_count), 0),
                               coalesce(sum(f.expired_bytes), 0), coalesce(sum(f.surplus_count), 0),
                               count(f.state) filter (where f.recounted), coffer_now()
                          from appliance a
                          left join appliance_usage u on u.appliance_id = a.id
                          left join retention_finding f on f.run_id = ?1 and f.appliance_id = a.id
                         where a.deleted_at is null group by a.organization_id
                        on conflict (run_id, organization_id) do update
                           set systems = excluded.systems, live_count = excluded.live_count, live_bytes = excluded.live_bytes,
                               trash_count = excluded.trash_count, trash_bytes = excluded.trash_bytes, never = excluded.never,
                               late = excluded.late, overdue = excluded.overdue, odd = excluded.odd,
                               expired_count = excluded.expired_count, expired_bytes = excluded.expired_bytes,
                               surplus_count = excluded.surplus_count, recounted = excluded.recounted, made_at = excluded.made_at\
                        """,
                        run,
                        at.toString(),
                        preview)
                .executeUpdate();
    }

    /** The reports of a subtree's organizations, of its latest audit that was no preview. */
    List<Object[]> reports(String path, long from, int most) {
        return rows(
                query(
                        database,
                        """
                        select o.id, o.name, cast(r.utc_day as text), r.systems, r.live_count, r.live_bytes, r.trash_count, r.trash_bytes, r.never,
                               r.late, r.overdue, r.odd, r.expired_count, r.expired_bytes, r.surplus_count, r.recounted, r.made_at
                          from organization o
                          join lateral (select * from retention_report r where r.organization_id = o.id and not r.preview
                                         order by r.made_at desc limit 1) r on true
                         where o.path like ?1 || '%' order by o.path offset ?2 limit ?3\
                        """,
                        path,
                        from,
                        most));
    }

    long reports(String path) {
        return number(
                query(
                                database,
                                """
                                select count(*) from organization o where o.path like ?1 || '%'
                                   and exists (select from retention_report r where r.organization_id = o.id and not r.preview)\
                                """,
                                path)
                        .getSingleResult());
    }

    /** What a run has found, by system. */
    List<Object[]> findings(UUID run, long from, int most) {
        return rows(
                query(
                        database,
                        """
                        select appliance_id, organization_id, state, expired_count, expired_bytes, surplus_count, recounted, oddities,
                               cast(verdicts as text)
                          from retention_finding where run_id = ?1 order by appliance_id offset ?2 limit ?3\
                        """,
                        run,
                        from,
                        most));
    }

    long findings(UUID run) {
        return number(
                query(database, "select count(*) from retention_finding where run_id = ?1", run)
                        .getSingleResult());
    }

    /** The path of a system's owner, {@code /root/…/own/}; empty list where there is none. */
    List<String> path(String table, UUID id) {
        List<?> paths =
                query(
                                database,
                                table.equals("organization")
                                        ? "select path from organization where id = ?1"
                                        : "select o.path from appliance a join organization o on"
                                                + " o.id = a.organization_id where a.id = ?1",
                                id)
                        .getResultList();
        return paths.stream().map(String.class::cast).toList();
    }
}
