package coffer.people.key;

import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.platform.Mac;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** API keys in the catalogue. */
@ApplicationScoped
class ApiKeyLedger {

    private final EntityManager database;

    @Inject
    ApiKeyLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ApiKeyLedger() {
        this(null);
    }

    /** Those that neither ended nor expired, newest first; there are few. */
    @Transactional
    List<ApiKeyView> living(UUID accountId) {
        return rows(
                        query(
                                database,
                                """
                                select id, name, public_part, scope, created_at, expires_at, last_used_at
                                  from api_key
                                 where account_id = ?1 and ended_at is null and expires_at > coffer_now()
                                 order by id desc
                                """,
                                accountId))
                .stream()
                .map(c ->
                        new ApiKeyView(
                                (UUID) c[0],
                                (String) c[1],
                                (String) c[2],
                                (String) c[3],
                                instant(c[4]),
                                instant(c[5]),
                                c[6] == null ? null : instant(c[6])))
                .toList();
    }

    /** Holds the account, so that its keys can be counted. */
    @Transactional(MANDATORY)
    void lock(UUID accountId) {
        query(database, "select id from account where id = ?1 for update", accountId)
                .getResultList();
    }

    @Transactional(MANDATORY)
    void add(
            UUID id,
            UUID accountId,
            String name,
            String scope,
            String publicPart,
            Mac mac,
            Duration life) {
        query(
                        database,
                        """
                        insert into api_key (id, account_id, name, scope, public_part, key_id, digest,
                                             created_at, expires_at)
                        values (?1, ?2, ?3, ?4, ?5, ?6, ?7, coffer_now(),
                                coffer_now() + ?8 * interval '1 second')
                        """,
                        id,
                        accountId,
                        name,
                        scope,
                        publicPart,
                        mac.keyId(),
                        mac.digest(),
                        life.toSeconds())
                .executeUpdate();
    }

    /** False when the account has no such key, or it has ended. */
    @Transactional(MANDATORY)
    boolean end(UUID accountId, UUID id) {
        return query(
                                database,
                                """
                                update api_key set ended_at = coffer_now()
                                 where id = ?1 and account_id = ?2 and ended_at is null
                                """,
                                id,
                                accountId)
                        .executeUpdate()
                == 1;
    }
}
