package coffer.people;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Sessions of people. */
@ApplicationScoped
class SessionLedger {

    private final EntityManager database;

    @Inject
    SessionLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SessionLedger() {
        this(null);
    }

    /**
     * A session, locked.
     *
     * @param open neither ended nor past its time, and its account in force
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
    record Session(
            UUID id, UUID accountId, byte[] seed, String keyId, int generation, boolean open) {}

    @Transactional(MANDATORY)
    void open(UUID id, UUID accountId, byte[] seed, String keyId, Duration life) {
        query(
                        database,
                        """
                        insert into person_session (id, account_id, seed, key_id, created_at, expires_at)
                        values (?1, ?2, ?3, ?4, coffer_now(), coffer_now() + ?5 * interval '1 second')
                        """,
                        id,
                        accountId,
                        seed,
                        keyId,
                        life.toSeconds())
                .executeUpdate();
    }

    @Transactional(MANDATORY)
    Optional<Session> lock(UUID id) {
        return rows(
                        query(
                                database,
                                """
                                select s.id, s.account_id, s.seed, s.key_id, s.generation,
                                       s.ended_at is null and s.expires_at > coffer_now()
                                       and a.deleted_at is null and a.disabled_at is null and not (
                                           select bool_or(up.deleted_at is not null or up.suspended_at is not null)
                                             from organization up
                                            where up.id = any(cast(string_to_array(trim(both '/' from o.path), '/') as uuid[])))
                                  from person_session s
                                  join account a on a.id = s.account_id
                                  join organization o on o.id = a.organization_id
                                 where s.id = ?1 for update of s
                                """,
                                id))
                .stream()
                .map(c ->
                        new Session(
                                (UUID) c[0],
                                (UUID) c[1],
                                (byte[]) c[2],
                                (String) c[3],
                                (int) number(c[4]),
                                (Boolean) c[5]))
                .findFirst();
    }

    @Transactional(MANDATORY)
    void renew(UUID id) {
        query(database, "update person_session set generation = generation + 1 where id = ?1", id)
                .executeUpdate();
    }

    /** False when it had ended before. */
    @Transactional(MANDATORY)
    boolean end(UUID id, String cause) {
        return query(
                                database,
                                """
                                update person_session set ended_at = coffer_now(), ended_by = ?2
                                 where id = ?1 and ended_at is null
                                """,
                                id,
                                cause)
                        .executeUpdate()
                == 1;
    }

    /** Ends the account's sessions, but for one where one is given. */
    @Transactional(MANDATORY)
    int endAll(UUID accountId, @Nullable UUID butFor, String cause) {
        return query(
                        database,
                        """
                        update person_session set ended_at = coffer_now(), ended_by = ?3
                         where account_id = ?1 and ended_at is null
                           and cast(id as text) <> ?2
                        """,
                        accountId,
                        butFor == null ? "" : butFor.toString(),
                        cause)
                .executeUpdate();
    }

    /** Why it is over; empty while it goes on, or where it is not known any more. */
    @Transactional
    Optional<Ending> ending(UUID id) {
        List<?> found =
                query(
                                database,
                                """
                                select case
                                       when a.deleted_at is not null or a.disabled_at is not null or (
                                           select bool_or(up.deleted_at is not null or up.suspended_at is not null)
                                             from organization up
                                            where up.id = any(cast(string_to_array(trim(both '/' from o.path), '/') as uuid[])))
                                       then 'ACCOUNT'
                                       when s.ended_by in ('password set', 'password changed') then 'PASSWORD'
                                       when s.ended_at is not null then 'ELSEWHERE'
                                       when s.expires_at <= coffer_now() then 'AGE' end
                                  from person_session s
                                  join account a on a.id = s.account_id
                                  join organization o on o.id = a.organization_id
                                 where s.id = ?1
                                """,
                                id)
                        .getResultList();
        return found.stream()
                .filter(Objects::nonNull)
                .map(word -> Ending.valueOf((String) word))
                .findFirst();
    }

    @Transactional(MANDATORY)
    void endKeys(UUID accountId) {
        query(
                        database,
                        "update api_key set ended_at = coffer_now()"
                                + " where account_id = ?1 and ended_at is null",
                        accountId)
                .executeUpdate();
    }

    /** Drops what ended long ago, at most so many rows. */
    @Transactional
    void purge(int most) {
        query(
                        database,
                        """
                        delete from person_session where id in (
                            select id from person_session
                             where expires_at < coffer_now() - interval '30 days' limit ?1)
                        """,
                        most)
                .executeUpdate();
    }
}
