package coffer.access;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.Mac;
import coffer.platform.NativeSql;
import coffer.platform.RoundTrip;
import coffer.platform.Sql;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Machine secrets in the catalogue. */
@ApplicationScoped
class CredentialLedger {

    private static final String FIND =
            """
            select s.id, a.id, a.system_key, s.scheme, s.key_id, s.salt, s.digest, o.path,
                   s.ended_at is null and (s.ends_at is null or s.ends_at > coffer_now()),
                   cast(extract(epoch from s.ends_at - coffer_now()) * 1000 as bigint),
                   a.registered_at is not null%s,
                   a.deleted_at is not null or above.deleted,
                   a.suspended_at is not null or above.suspended,
                   %s
              from %s s
              join appliance a on a.id = s.appliance_id
              join organization o on o.id = a.organization_id
             cross join lateral (
                   select bool_or(up.deleted_at is not null) as deleted,
                          bool_or(up.suspended_at is not null) as suspended
                     from organization up
                    where up.id = any(cast(string_to_array(trim(both '/' from o.path), '/') as uuid[])))
                   as above
             where %s
            """;

    private static final String FIND_SECRET =
            FIND.formatted(
                    " and not s.awaits_registration",
                    "case when s.pending then 'PENDING' else 'NATIVE' end",
                    "appliance_secret",
                    "s.public_part = ?1");

    private static final String LEGACY =
            "(select p.*, 'hmac-sha256' as scheme, cast(null as bytea) as salt from legacy_pair p)";

    private static final String FIND_PAIR =
            FIND.formatted("", "'LEGACY'", LEGACY, "s.legacy_id = ?1 and s.ended_at is null");

    private static final String FIND_TOKEN =
            FIND.formatted(
                    "",
                    "'LEGACY'",
                    LEGACY,
                    "s.digest = any(array(select decode(hex, 'hex')"
                            + " from unnest(string_to_array(?1, ',')) hex))"
                            + " and s.ended_at is null");

    private final EntityManager entities;
    private final RoundTrip trip;

    @Inject
    CredentialLedger(EntityManager entities, RoundTrip trip) {
        this.entities = entities;
        this.trip = trip;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected CredentialLedger() {
        this(null, null);
    }

    /** One query, whatever the answer. */
    @Transactional
    Optional<CredentialRow> find(String publicPart) {
        return first(FIND_SECRET, publicPart);
    }

    /** A pair of the old platform, by its system id; one query, too. */
    @Transactional
    Optional<CredentialRow> findPair(String legacyId) {
        return first(FIND_PAIR, legacyId);
    }

    /** A pair of the old platform, by its secret's digests under all keys that are accepted. */
    @Transactional
    Optional<CredentialRow> findToken(List<Mac> digests) {
        return first(
                FIND_TOKEN,
                digests.stream()
                        .map(mac -> HexFormat.of().formatHex(mac.digest()))
                        .collect(Collectors.joining(",")));
    }

    private Optional<CredentialRow> first(String sql, String parameter) {
        var found = Sql.rows(sql, parameter);
        trip.send(found);
        return found.result().stream().map(CredentialLedger::row).findFirst();
    }

    /** True while the secret is in force; false once it has ended. The system is locked. */
    @Transactional(MANDATORY)
    boolean lock(UUID systemId, UUID secretId) {
        lockSystem(systemId);
        return NativeSql.query(
                                entities,
                                "select 1 from appliance_secret where id = ?1 and ended_at is null",
                                secretId)
                        .getResultList()
                        .size()
                == 1;
    }

    /** Minting and confirming follow one another. */
    @Transactional(MANDATORY)
    void lockSystem(UUID systemId) {
        NativeSql.query(entities, "select 1 from appliance where id = ?1 for update", systemId)
                .getResultList();
    }

    /** False when it was confirmed already. */
    @Transactional(MANDATORY)
    boolean confirm(UUID secretId) {
        return NativeSql.query(
                                entities,
                                """
                                update appliance_secret set pending = false, version = version + 1
                                 where id = ?1 and pending
                                """,
                                secretId)
                        .executeUpdate()
                == 1;
    }

    /** Ends the pending secrets of a system, but for its newest {@code kept}. */
    @Transactional(MANDATORY)
    int endPending(UUID systemId, int kept) {
        return NativeSql.query(
                        entities,
                        """
                        update appliance_secret
                           set ended_at = coffer_now(), pending = false, version = version + 1
                         where id in (select id from appliance_secret
                                       where appliance_id = ?1 and pending and ended_at is null
                                       order by id desc offset ?2)
                        """,
                        systemId,
                        kept)
                .executeUpdate();
    }

    @Transactional(MANDATORY)
    void add(UUID id, UUID systemId, String publicPart, Mac mac, boolean pending) {
        entities.createNativeQuery(
                        """
                        insert into appliance_secret
                               (id, appliance_id, public_part, scheme, key_id, digest, created_at,
                                pending)
                        values (?1, ?2, ?3, 'hmac-sha256', ?4, ?5, coffer_now(), ?6)
                        """)
                .setParameter(1, id)
                .setParameter(2, systemId)
                .setParameter(3, publicPart)
                .setParameter(4, mac.keyId())
                .setParameter(5, mac.digest())
                .setParameter(6, pending)
                .executeUpdate();
    }

    /** It lets nobody in before it has registered, once. */
    @Transactional(MANDATORY)
    void await(UUID secretId) {
        NativeSql.query(
                        entities,
                        "update appliance_secret set awaits_registration = true where id = ?1",
                        secretId)
                .executeUpdate();
    }

    /** Ends those that wait for a registration, which will now never come. */
    @Transactional(MANDATORY)
    void endAwaiting(UUID systemId) {
        NativeSql.query(
                        entities,
                        """
                        update appliance_secret
                           set ended_at = coffer_now(), ends_at = coffer_now(), version = version + 1
                         where appliance_id = ?1 and awaits_registration and ended_at is null
                        """,
                        systemId)
                .executeUpdate();
    }

    /**
     * The registration it waited for is here: every other one ends, a pair of the old platform too.
     * False if it waited for none.
     */
    @Transactional(MANDATORY)
    boolean takeOver(UUID systemId, UUID secretId) {
        var waited =
                NativeSql.query(
                                        entities,
                                        """
                                        update appliance_secret
                                           set awaits_registration = false, version = version + 1
                                         where id = ?1 and awaits_registration and ended_at is null
                                        """,
                                        secretId)
                                .executeUpdate()
                        == 1;
        if (waited) {
            NativeSql.query(
                            entities,
                            """
                            update appliance_secret
                               set ended_at = coffer_now(), ends_at = least(ends_at, coffer_now()),
                                   pending = false, version = version + 1
                             where appliance_id = ?1 and id <> ?2 and ended_at is null
                            """,
                            systemId,
                            secretId)
                    .executeUpdate();
            NativeSql.query(
                            entities,
                            """
                            update legacy_pair set ended_at = coffer_now(), version = version + 1
                             where appliance_id = ?1 and ended_at is null
                            """,
                            systemId)
                    .executeUpdate();
        }
        return waited;
    }

    /** Every secret of the system that still works ends after {@code overlap}, if not before. */
    @Transactional(MANDATORY)
    int end(UUID systemId, Duration overlap) {
        return entities.createNativeQuery(
                        """
                        update appliance_secret
                           set ends_at = least(ends_at, coffer_now() + ?2 * interval '1 millisecond'),
                               ended_at = case when ?2 = 0 then coffer_now() end,
                               version = version + 1
                         where appliance_id = ?1 and ended_at is null
                           and (ends_at is null or ends_at > coffer_now())
                        """)
                .setParameter(1, systemId)
                .setParameter(2, overlap.toMillis())
                .executeUpdate();
    }

    /** Replaces a digest, if it is still the one that was read. */
    @Transactional(MANDATORY)
    boolean replace(CredentialRow old, Mac mac) {
        var sql =
                old.origin() == CredentialRow.Origin.LEGACY
                        ? """
                        update legacy_pair set key_id = ?3, digest = ?4, version = version + 1
                         where id = ?1 and digest = ?2
                        """
                        : """
                        update appliance_secret
                           set scheme = 'hmac-sha256', key_id = ?3, digest = ?4, salt = null,
                               version = version + 1
                         where id = ?1 and digest = ?2
                        """;
        return NativeSql.query(
                                entities,
                                sql,
                                old.secretId(),
                                old.digest(),
                                mac.keyId(),
                                mac.digest())
                        .executeUpdate()
                == 1;
    }

    private static CredentialRow row(@Nullable Object[] columns) {
        var endsIn = (Number) columns[9];
        return new CredentialRow(
                (UUID) value(columns, 0),
                (UUID) value(columns, 1),
                (String) value(columns, 2),
                (String) value(columns, 3),
                (String) columns[4],
                (byte[]) columns[5],
                (byte[]) value(columns, 6),
                ids((String) value(columns, 7)),
                (Boolean) value(columns, 8),
                endsIn == null ? null : Duration.ofMillis(endsIn.longValue()),
                (Boolean) value(columns, 10),
                (Boolean) value(columns, 11),
                (Boolean) value(columns, 12),
                CredentialRow.Origin.valueOf((String) value(columns, 13)));
    }

    private static Object value(@Nullable Object[] columns, int index) {
        var value = columns[index];
        if (value == null) {
            throw new IllegalStateException("column " + index + " is never null");
        }
        return value;
    }

    private static List<UUID> ids(String path) {
        return Stream.of(path.split("/"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }
}
