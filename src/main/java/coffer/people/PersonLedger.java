package coffer.people;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.id.Role;
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

/** Who stands behind a session or an API key: one query each, whatever the answer. */
@ApplicationScoped
class PersonLedger {

    private static final String PERSON =
            """
            select a.id, a.organization_id, o.path, array_to_string(a.roles, ','), o.kind = 'owner',
                   a.password_must_change,
                   a.deleted_at is null and a.disabled_at is null and not above.ended
                   and p.ended_at is null and p.expires_at > coffer_now(),
                   cast(extract(epoch from p.expires_at - coffer_now()) * 1000 as bigint)
            """;

    private static final String ABOVE =
            """
              join account a on a.id = p.account_id
              join organization o on o.id = a.organization_id
             cross join lateral (
                   select bool_or(up.deleted_at is not null or up.suspended_at is not null) as ended
                     from organization up
                    where up.id = any(cast(string_to_array(trim(both '/' from o.path), '/') as uuid[])))
                   as above
            """;

    private final EntityManager database;

    @Inject
    PersonLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PersonLedger() {
        this(null);
    }

    @Transactional
    Optional<PersonRow> bySession(UUID accountId, UUID sessionId) {
        var sql = PERSON + " from person_session p " + ABOVE + " where p.id = ?1 and a.id = ?2";
        return rows(query(database, sql, sessionId, accountId)).stream()
                .map(c -> person(c, null))
                .findFirst();
    }

    @Transactional
    Optional<PersonRow> byKey(String publicPart) {
        var sql =
                PERSON
                        + """
                        , p.id, p.scope = 'write', p.key_id, p.digest,
                        coalesce(p.last_used_at > coffer_now() - interval '1 minute', false)
                        from api_key p
                        """
                        + ABOVE
                        + " where p.public_part = ?1";
        return rows(query(database, sql, publicPart)).stream()
                .map(c ->
                        person(
                                c,
                                new PersonRow.Key(
                                        (UUID) c[8],
                                        (Boolean) c[9],
                                        new Mac((String) c[10], (byte[]) c[11]),
                                        (Boolean) c[12])))
                .findFirst();
    }

    /** At most once a minute: a key that calls often must not write often. */
    @Transactional
    void used(UUID keyId) {
        query(
                        database,
                        """
                        update api_key set last_used_at = coffer_now()
                         where id = ?1 and (last_used_at is null
                               or last_used_at < coffer_now() - interval '1 minute')
                        """,
                        keyId)
                .executeUpdate();
    }

    static List<UUID> path(Object text) {
        return Stream.of(((String) text).split("/"))
                .filter(id -> !id.isEmpty())
                .map(UUID::fromString)
                .toList();
    }

    static List<Role> roles(Object text) {
        return Stream.of(((String) text).split(","))
                .map(wire -> Role.of(wire).orElseThrow())
                .toList();
    }

    private static PersonRow person(Object[] c, PersonRow.@Nullable Key key) {
        return new PersonRow(
                (UUID) c[0],
                (UUID) c[1],
                path(c[2]),
                roles(c[3]),
                (Boolean) c[4],
                (Boolean) c[5],
                (Boolean) c[6],
                Duration.ofMillis(number(c[7])),
                key);
    }
}
