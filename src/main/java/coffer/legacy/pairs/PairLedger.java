package coffer.legacy.pairs;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.NativeSql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Pairs as people import, list and remove them. */
@ApplicationScoped
@Transactional(MANDATORY)
class PairLedger {

    /** A system that a line names. */
    record Named(UUID id, String systemKey, List<UUID> path, boolean deleted) {}

    private static final String LISTED =
            """
              from legacy_pair p
              join appliance a on a.id = p.appliance_id
              join organization o on o.id = a.organization_id
             where p.ended_at is null and o.path like ?1 || '%'
            """;

    private final EntityManager entities;

    @Inject
    PairLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PairLedger() {
        this(null);
    }

    /** One import at a time, until the transaction ends. */
    void alone() {
        query(entities, "select cast(pg_advisory_xact_lock(1668245094, 6) as text)")
                .getResultList();
    }

    List<Named> named(Collection<String> systems) {
        return rows(
                        query(
                                entities,
                                """
                                select a.id, a.system_key, o.path, a.deleted_at is not null
                                  from appliance a join organization o on o.id = a.organization_id
                                 where a.system_key = any(string_to_array(?1, ','))
                                    or a.id = any(array(
                                           select cast(lower(t) as uuid)
                                             from unnest(string_to_array(?1, ',')) t
                                            where t ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'))
                                """,
                                NativeSql.array(systems)))
                .stream()
                .map(row ->
                        new Named(
                                (UUID) row[0],
                                (String) row[1],
                                ids((String) row[2]),
                                (Boolean) row[3]))
                .toList();
    }

    /** Which of these ids, or of these digests in hex, are in a pair that has not been removed. */
    List<String> taken(Collection<String> legacyIds, Collection<String> digests) {
        Stream<?> found =
                query(
                        entities,
                        """
                        select legacy_id from legacy_pair
                         where ended_at is null and legacy_id = any(string_to_array(?1, ','))
                        union all
                        select encode(digest, 'hex') from legacy_pair
                         where ended_at is null
                           and digest = any(array(select decode(hex, 'hex')
                                              from unnest(string_to_array(?2, ',')) hex))
                        """,
                        NativeSql.array(legacyIds),
                        NativeSql.array(digests))
                        .getResultList()
                        .stream();
        return found.map(String.class::cast).toList();
    }

    /** All at once; {@code json} holds digests, no secrets. */
    void add(String json) {
        query(
                        entities,
                        """
                        insert into legacy_pair (id, appliance_id, legacy_id, key_id, digest, imported_at)
                        select id, appliance_id, legacy_id, key_id, decode(digest, 'hex'), coffer_now()
                          from jsonb_to_recordset(cast(?1 as jsonb))
                            as pair(id uuid, appliance_id uuid, legacy_id text, key_id text, digest text)
                        """,
                        json)
                .executeUpdate();
    }

    /** Old clients never register, so their systems are registered by the import. */
    void register(Collection<UUID> systems) {
        query(
                        entities,
                        """
                        update appliance set registered_at = coffer_now(), version = version + 1
                         where id = any(cast(string_to_array(?1, ',') as uuid[]))
                           and registered_at is null
                        """,
                        NativeSql.array(systems))
                .executeUpdate();
    }

    /** The system of a pair that has not been removed. */
    Optional<Named> systemOf(UUID pairId) {
        return rows(
                        query(
                                entities,
                                """
                                select a.id, a.system_key, o.path, a.deleted_at is not null
                                  from legacy_pair p
                                  join appliance a on a.id = p.appliance_id
                                  join organization o on o.id = a.organization_id
                                 where p.id = ?1 and p.ended_at is null
                                """,
                                pairId))
                .stream()
                .map(row ->
                        new Named(
                                (UUID) row[0],
                                (String) row[1],
                                ids((String) row[2]),
                                (Boolean) row[3]))
                .findFirst();
    }

    boolean end(UUID pairId) {
        return query(
                                entities,
                                """
                                update legacy_pair set ended_at = coffer_now(), version = version + 1
                                 where id = ?1 and ended_at is null
                                """,
                                pairId)
                        .executeUpdate()
                == 1;
    }

    List<PairRow> page(String pathPrefix, int offset, int size) {
        return rows(
                        query(
                                entities,
                                "select p.id, a.id, a.system_key, a.name, p.legacy_id,"
                                        + " p.imported_at, p.confirmed_at, p.ends_at,"
                                        + " a.last_legacy_protocol, a.last_legacy_at "
                                        + LISTED
                                        + " order by p.legacy_id, p.id offset ?2 limit ?3",
                                pathPrefix,
                                offset,
                                size))
                .stream()
                .map(row ->
                        new PairRow(
                                (UUID) row[0],
                                (UUID) row[1],
                                (String) row[2],
                                (String) row[3],
                                (String) row[4],
                                NativeSql.instant(row[5]),
                                instant(row[6]),
                                instant(row[7]),
                                (String) row[8],
                                instant(row[9])))
                .toList();
    }

    long count(String pathPrefix) {
        return number(query(entities, "select count(*) " + LISTED, pathPrefix).getSingleResult());
    }

    private static @Nullable Instant instant(@Nullable Object value) {
        return value == null ? null : NativeSql.instant(value);
    }

    private static List<UUID> ids(String path) {
        return Stream.of(path.split("/"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }
}
