package coffer.access;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.Mac;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** Machine secrets in the catalogue. */
@ApplicationScoped
class CredentialLedger {

    private static final String FIND =
            """
            select s.id, a.id, a.system_key, s.scheme, s.key_id, s.salt, s.digest, o.path,
                   s.ended_at is null and (s.ends_at is null or s.ends_at > coffer_now()),
                   cast(extract(epoch from s.ends_at - coffer_now()) * 1000 as bigint),
                   a.registered_at is not null,
                   a.deleted_at is not null or above.deleted,
                   a.suspended_at is not null or above.suspended
              from appliance_secret s
              join appliance a on a.id = s.appliance_id
              join organization o on o.id = a.organization_id
             cross join lateral (
                   select bool_or(up.deleted_at is not null) as deleted,
                          bool_or(up.suspended_at is not null) as suspended
                     from organization up
                    where up.id = any(cast(string_to_array(trim(both '/' from o.path), '/') as uuid[])))
                   as above
             where s.public_part = ?1
            """;

    private final EntityManager entities;

    @Inject
    CredentialLedger(EntityManager entities) {
        this.entities = entities;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected CredentialLedger() {
        this(null);
    }

    /** One query, whatever the answer. */
    @Transactional
    Optional<CredentialRow> find(String publicPart) {
        Stream<?> rows =
                entities
                        .createNativeQuery(FIND)
                        .setParameter(1, publicPart)
                        .getResultList()
                        .stream();
        return rows.map(row -> row((Object[]) row)).findFirst();
    }

    @Transactional(MANDATORY)
    void add(UUID id, UUID systemId, String publicPart, Mac mac) {
        entities.createNativeQuery(
                        """
                        insert into appliance_secret
                               (id, appliance_id, public_part, scheme, key_id, digest, created_at)
                        values (?1, ?2, ?3, 'hmac-sha256', ?4, ?5, coffer_now())
                        """)
                .setParameter(1, id)
                .setParameter(2, systemId)
                .setParameter(3, publicPart)
                .setParameter(4, mac.keyId())
                .setParameter(5, mac.digest())
                .executeUpdate();
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
        return entities.createNativeQuery(
                                """
                                update appliance_secret
                                   set scheme = 'hmac-sha256', key_id = ?3, digest = ?4, salt = null,
                                       version = version + 1
                                 where id = ?1 and digest = ?2
                                """)
                        .setParameter(1, old.secretId())
                        .setParameter(2, old.digest())
                        .setParameter(3, mac.keyId())
                        .setParameter(4, mac.digest())
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
                (Boolean) value(columns, 12));
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
