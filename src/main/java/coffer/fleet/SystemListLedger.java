package coffer.fleet;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.platform.web.Paging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Systems as lists and one by one. A list is two queries: how many, and the ids of one page, whose
 * facts alone are then joined; so it stays quick for those at the top of a large tree.
 */
@ApplicationScoped
class SystemListLedger {

    private static final String LINE =
            """
            select a.id, a.system_key, a.name, a.type, a.fqdn, o.id, o.name, o.kind, o.path,
                   a.suspended_at, a.deleted_at, a.registered_at, a.created_at,
                   a.organization_id in %s, a.organization_id in %s,
                   h.last_at, i.received_at, u.last_upload_at, a.cadence_seconds, u.cadence_seconds,
                   coalesce(u.live_count, 0), coalesce(u.live_bytes, 0), coalesce(u.trash_count, 0), coalesce(u.trash_bytes, 0),
                   is_held(a.id),
                   exists (select from appliance_secret s where s.appliance_id = a.id and s.awaits_registration and s.ended_at is null),
                   %s,
                   h.last_at > ?, a.last_legacy_protocol, a.last_legacy_at
              from appliance a join organization o on o.id = a.organization_id
            """
                            .formatted(
                                    BackupStates.SUSPENDED,
                                    BackupStates.DELETED,
                                    BackupStates.asOf("?"))
                    + BackupStates.FACTS;

    private final EntityManager database;

    @Inject
    SystemListLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SystemListLedger() {
        this(null);
    }

    /** The path of an organization, as the catalogue has it. */
    Optional<String> path(UUID organizationId) {
        List<?> paths =
                query(database, "select path from organization where id = ?1", organizationId)
                        .getResultList();
        return paths.stream().map(String.class::cast).findFirst();
    }

    long count(String from, Conditions where) {
        return number(
                query(
                                database,
                                "select count(*) from appliance a" + from + " where " + where.sql(),
                                where.values())
                        .getSingleResult());
    }

    /**
     * A page of very many, found from the nearer end of the order.
     *
     * @param from the joins that the conditions and the order need
     * @param order the same for the ids and for their facts
     * @param total of which the page begins before the end
     */
    List<ListedSystem> page(
            String from, Conditions where, Sorting order, Paging paging, long total, Times times) {
        var size = Math.min(paging.pageSize(), total - paging.offset());
        var behind = total - paging.offset() - size;
        var sql =
                "with page as materialized (select a.id from appliance a"
                        + from
                        + " where "
                        + where.sql()
                        + " order by "
                        + (behind < paging.offset() ? order.backward() : order.forward())
                        + " limit "
                        + size
                        + " offset "
                        + Math.min(behind, paging.offset())
                        + ") "
                        + where.numbered(LINE, times.now(), times.activeSince())
                        + " where a.id in (select id from page) order by "
                        + order.forward();
        return rows(query(database, sql, where.values())).stream()
                .map(SystemListLedger::listed)
                .toList();
    }

    /**
     * A page of those that are few, and how many they are, with one look at them.
     *
     * @param total 0 also where the page lies behind the last of them
     */
    record Few(long total, List<ListedSystem> lines) {}

    Few few(String from, Conditions where, Sorting order, Paging paging, Times times) {
        var hits =
                rows(
                        query(
                                database,
                                "select id, total from (select a.id, row_number() over (order by "
                                        + order.forward()
                                        + ") as line, count(*) over () as total from appliance a"
                                        + from
                                        + " where "
                                        + where.sql()
                                        + ") hit where line > "
                                        + paging.offset()
                                        + " order by line limit "
                                        + paging.pageSize(),
                                where.values()));
        if (hits.isEmpty()) {
            return new Few(0, List.of());
        }
        var ids = hits.stream().map(row -> (UUID) there(row[0])).toList();
        var these = new Conditions();
        var sql =
                these.numbered(LINE, times.now(), times.activeSince())
                        + these.numbered(
                                " where a.id = any(cast(string_to_array(?, ',') as uuid[]))",
                                array(ids));
        var lines =
                rows(query(database, sql, these.values())).stream()
                        .map(SystemListLedger::listed)
                        .sorted(Comparator.comparingInt(line -> ids.indexOf(line.view().id())))
                        .toList();
        return new Few(number(there(hits.getFirst()[1])), lines);
    }

    /** The newest of its backups, whatever became of them. */
    List<UUID> newestBackups(UUID system, int most) {
        List<?> ids =
                query(
                                database,
                                "select id from backup where subject_id = ?1 and seq is not null"
                                        + " order by seq desc limit ?2",
                                system,
                                most)
                        .getResultList();
        return ids.stream().map(UUID.class::cast).toList();
    }

    Optional<ListedSystem> find(UUID id, Times times) {
        var where = new Conditions();
        var sql =
                where.numbered(LINE, times.now(), times.activeSince())
                        + where.numbered(" where a.id = ?", id);
        return rows(query(database, sql, where.values())).stream()
                .map(SystemListLedger::listed)
                .findFirst();
    }

    /**
     * One look at the clock for all lines.
     *
     * @param now what states are reckoned at
     * @param activeSince a heartbeat after this makes a system active
     */
    record Times(java.time.OffsetDateTime now, java.time.OffsetDateTime activeSince) {

        static Times of(Instant now, java.time.Duration activeWithin) {
            return new Times(
                    now.atOffset(ZoneOffset.UTC), now.minus(activeWithin).atOffset(ZoneOffset.UTC));
        }
    }

    private static ListedSystem listed(@Nullable Object[] row) {
        var beat = time(row[15]);
        var status = beat == null ? "unknown" : (boolean) there(row[27]) ? "active" : "inactive";
        var view =
                new SystemView(
                        (UUID) there(row[0]),
                        (String) there(row[1]),
                        (String) there(row[2]),
                        (String) row[3],
                        (String) row[4],
                        new SystemView.Owner(
                                (UUID) there(row[5]),
                                (String) there(row[6]),
                                (String) there(row[7])),
                        status,
                        (String) there(row[26]),
                        row[9] != null,
                        time(row[9]),
                        (boolean) there(row[13]),
                        row[10] != null,
                        time(row[10]),
                        row[11] != null,
                        time(row[11]),
                        (boolean) there(row[25]),
                        (boolean) there(row[24]),
                        instant(there(row[12])),
                        beat,
                        time(row[16]),
                        time(row[17]),
                        seconds(row[18]),
                        seconds(row[19]),
                        (String) row[28],
                        time(row[29]),
                        new SystemView.Usage(
                                number(there(row[20])),
                                number(there(row[21])),
                                number(there(row[22])),
                                number(there(row[23]))),
                        List.of());
        return new ListedSystem(view, ids((String) there(row[8])), (boolean) there(row[14]));
    }

    private static List<UUID> ids(String path) {
        return Stream.of(path.split("/", -1))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    private static @Nullable Instant time(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    private static @Nullable Long seconds(@Nullable Object value) {
        return value == null ? null : number(value);
    }

    private static Object there(@Nullable Object value) {
        return Objects.requireNonNull(value);
    }
}
