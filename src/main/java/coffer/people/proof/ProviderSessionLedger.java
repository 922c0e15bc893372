package coffer.people.proof;

import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import coffer.people.proof.KeyBox.Sealed;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Sessions that began at the provider, for as long as they may be ended there. */
@ApplicationScoped
class ProviderSessionLedger {

    private final EntityManager database;

    @Inject
    ProviderSessionLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ProviderSessionLedger() {
        this(null);
    }

    /** What a session began with. */
    record Begun(UUID sessionId, Sealed token) {}

    @Transactional
    void keep(UUID session, Sealed token) {
        query(
                        database,
                        "insert into provider_session (session_id, id_token, key_id) values (?1, ?2, ?3)",
                        session,
                        token.bytes(),
                        token.pepperId())
                .executeUpdate();
    }

    /** False for a session that did not begin at the provider, or is being left. */
    @Transactional
    boolean leave(UUID session, byte[] ticket) {
        return query(
                                database,
                                """
                                update provider_session set ticket = ?2, left_at = coffer_now()
                                 where session_id = ?1 and ticket is null
                                """,
                                session,
                                ticket)
                        .executeUpdate()
                == 1;
    }

    /** Once, and not long after. */
    @Transactional
    Optional<Begun> take(byte[] ticket, Duration life) {
        return rows(
                        query(
                                database,
                                """
                                delete from provider_session
                                 where ticket = ?1 and left_at > coffer_now() - ?2 * interval '1 second'
                                returning session_id, id_token, key_id
                                """,
                                ticket,
                                life.toSeconds()))
                .stream()
                .map(c -> new Begun((UUID) c[0], new Sealed((byte[]) c[1], (String) c[2])))
                .findFirst();
    }

    /** Drops those whose session is over, at most so many; an hour later, for who is leaving. */
    @Transactional
    void purge(int most) {
        query(
                        database,
                        """
                        delete from provider_session where session_id in (
                            select p.session_id
                              from provider_session p join person_session s on s.id = p.session_id
                             where least(s.ended_at, s.expires_at) < coffer_now() - interval '1 hour'
                             limit ?1)
                        """,
                        most)
                .executeUpdate();
    }
}
