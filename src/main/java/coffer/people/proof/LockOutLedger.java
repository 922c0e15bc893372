package coffer.people.proof;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** Sign-ins that failed, by a digest of the name that was typed. */
@ApplicationScoped
class LockOutLedger {

    private final EntityManager database;

    @Inject
    LockOutLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LockOutLedger() {
        this(null);
    }

    /** How much longer nobody signs in under this name. */
    @Transactional
    Optional<Duration> lockedFor(byte[] name) {
        Stream<?> waits =
                query(
                        database,
                        """
                        select cast(extract(epoch from locked_until - coffer_now()) * 1000 as bigint)
                          from sign_in_failure where name_mac = ?1 and locked_until > coffer_now()
                        """,
                        name)
                        .getResultList()
                        .stream();
        return waits.map(millis -> Duration.ofMillis(number(millis))).findFirst();
    }

    /** One more failure under this name; how many in a row within a day. */
    @Transactional(MANDATORY)
    int fail(byte[] name) {
        return (int)
                number(
                        query(
                                        database,
                                        """
                                        insert into sign_in_failure as f (name_mac, failures, last_at)
                                        values (?1, 1, coffer_now())
                                        on conflict (name_mac) do update
                                           set failures = case when f.last_at < coffer_now() - interval '1 day'
                                                               then 1 else f.failures + 1 end,
                                               last_at = coffer_now()
                                        returning failures
                                        """,
                                        name)
                                .getSingleResult());
    }

    @Transactional(MANDATORY)
    void lock(byte[] name, Duration time) {
        query(
                        database,
                        """
                        update sign_in_failure
                           set locked_until = coffer_now() + ?2 * interval '1 millisecond'
                         where name_mac = ?1
                        """,
                        name,
                        time.toMillis())
                .executeUpdate();
    }

    @Transactional(MANDATORY)
    void forgive(byte[] name) {
        query(database, "delete from sign_in_failure where name_mac = ?1", name).executeUpdate();
    }

    /** Drops what no longer decides anything, at most so many rows. */
    @Transactional
    void purge(int most) {
        query(
                        database,
                        """
                        delete from sign_in_failure where name_mac in (
                            select name_mac from sign_in_failure
                             where last_at < coffer_now() - interval '1 day' limit ?1)
                        """,
                        most)
                .executeUpdate();
    }
}
