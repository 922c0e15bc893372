package coffer.people.first;

import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.people.proof.PasswordHash;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import jakarta.transaction.Transactional;

import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The first account in the catalogue. */
@ApplicationScoped
class FirstAccountLedger {

    private final EntityManager database;

    @Inject
    FirstAccountLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected FirstAccountLedger() {
        this(null);
    }

    /** One node at a time, until the transaction ends. */
    @Transactional(MANDATORY)
    void hold() {
        query(database, "select 1 from pg_advisory_xact_lock(hashtext('coffer.first_account'))")
                .getResultList();
    }

    @Transactional(MANDATORY)
    long accounts() {
        return number(query(database, "select count(*) from account").getSingleResult());
    }

    /** The only account there ever was, while its first password stands. */
    @Transactional(MANDATORY)
    Optional<UUID> untouched() {
        return first(
                query(
                        database,
                        """
                        select id from account
                         where password_must_change and deleted_at is null
                           and (select count(*) from account) = 1
                        """));
    }

    @Transactional(MANDATORY)
    Optional<UUID> owner() {
        return first(query(database, "select id from organization where kind = 'owner'"));
    }

    @Transactional(MANDATORY)
    void add(UUID id, UUID organizationId, String username) {
        query(
                        database,
                        """
                        insert into account (id, organization_id, username, name, roles,
                                             password_must_change, created_at)
                        values (?1, ?2, ?3, ?3, array['super-admin'], true, coffer_now())
                        """,
                        id,
                        organizationId,
                        username)
                .executeUpdate();
    }

    @Transactional(MANDATORY)
    void password(UUID id, PasswordHash hash) {
        query(
                        database,
                        """
                        update account
                           set password_scheme = ?2, password_iterations = ?3, password_salt = ?4,
                               password_key_id = ?5, password_mac = ?6
                         where id = ?1
                        """,
                        id,
                        PasswordHash.SCHEME,
                        hash.iterations(),
                        hash.salt(),
                        hash.mac().keyId(),
                        hash.mac().digest())
                .executeUpdate();
    }

    private static Optional<UUID> first(Query query) {
        Stream<?> ids = query.getResultList().stream();
        return ids.map(UUID.class::cast).findFirst();
    }
}
