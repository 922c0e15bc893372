package coffer.people.proof;

import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.List;

/** The keys that sign access tokens. */
@ApplicationScoped
class TokenKeyLedger {

    private final EntityManager database;

    @Inject
    TokenKeyLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected TokenKeyLedger() {
        this(null);
    }

    /** Those that still verify, newest first. */
    @Transactional
    List<TokenKeyRow> living(Duration lifetime) {
        return rows(
                        query(
                                database,
                                """
                                select id, public_jwk, sealed, pepper_id, signs_from <= coffer_now(),
                                       created_at < coffer_now() - ?1 * interval '1 second'
                                  from signing_key
                                 where ends_at is null or ends_at > coffer_now()
                                 order by signs_from desc, id
                                """,
                                lifetime.toSeconds()))
                .stream()
                .map(c ->
                        new TokenKeyRow(
                                (String) c[0],
                                (String) c[1],
                                (byte[]) c[2],
                                (String) c[3],
                                (Boolean) c[4],
                                (Boolean) c[5]))
                .toList();
    }

    /**
     * Adds a key unless another node has just done so; those before it end once no token of theirs
     * can be alive.
     *
     * @param newest the newest key that the caller knows, or an empty text
     * @param delay until it signs
     */
    @Transactional
    boolean add(TokenKeyRow key, String newest, Duration delay, Duration grace) {
        query(database, "select 1 from pg_advisory_xact_lock(hashtext('coffer.signing_key'))")
                .getResultList();
        var added =
                query(
                                database,
                                """
                                insert into signing_key (id, public_jwk, sealed, pepper_id, created_at, signs_from)
                                select ?1, ?2, ?3, ?4, coffer_now(), coffer_now() + ?5 * interval '1 second'
                                 where coalesce((select id from signing_key order by signs_from desc, id limit 1), '') = ?6
                                """,
                                key.id(),
                                key.publicJwk(),
                                key.sealed(),
                                key.pepperId(),
                                delay.toSeconds(),
                                newest)
                        .executeUpdate();
        if (added == 1) {
            query(
                            database,
                            """
                            update signing_key set ends_at = coffer_now() + ?2 * interval '1 second'
                             where id <> ?1 and ends_at is null
                            """,
                            key.id(),
                            grace.toSeconds())
                    .executeUpdate();
        }
        return added == 1;
    }
}
