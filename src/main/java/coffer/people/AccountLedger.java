package coffer.people;

import static coffer.platform.NativeSql.array;
import static coffer.platform.NativeSql.instant;
import static coffer.platform.NativeSql.number;
import static coffer.platform.NativeSql.query;
import static coffer.platform.NativeSql.rows;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.id.Role;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.ProviderTokens;
import coffer.platform.Mac;

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

/** Accounts in the catalogue. */
@ApplicationScoped
class AccountLedger {

    static final String SELECT =
            """
            select a.id, a.username, a.name, a.email, a.locale, array_to_string(a.roles, ','),
                   o.id, o.name, o.kind, o.path, a.provider_issuer, a.provider_subject,
                   a.password_iterations, a.password_salt, a.password_key_id, a.password_mac,
                   a.password_must_change, a.created_at, a.disabled_at,
                   a.disabled_at is null and not (
                       select bool_or(up.deleted_at is not null or up.suspended_at is not null)
                         from organization up
                        where up.id = any(cast(string_to_array(trim(both '/' from o.path), '/') as uuid[])))
              from account a join organization o on o.id = a.organization_id
             where a.deleted_at is null
            """;

    private final EntityManager database;

    @Inject
    AccountLedger(EntityManager database) {
        this.database = database;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AccountLedger() {
        this(null);
    }

    @Transactional
    Optional<AccountRow> find(UUID id) {
        return one(" and a.id = ?1", id);
    }

    @Transactional
    Optional<AccountRow> named(String username) {
        return one(" and a.username = ?1", username);
    }

    @Transactional
    Optional<AccountRow> known(ProviderTokens.Identity identity) {
        return one(
                " and a.provider_issuer = ?1 and a.provider_subject = ?2",
                identity.issuer(),
                identity.subject());
    }

    /** Locks accounts, always in the same order. */
    @Transactional(MANDATORY)
    void lock(Collection<UUID> ids) {
        query(
                        database,
                        "select id from account where id = any(cast(string_to_array(?1, ',') as"
                                + " uuid[])) order by id for update",
                        array(ids))
                .getResultList();
    }

    /** An organization that is not deleted, held in place until the transaction ends. */
    @Transactional(MANDATORY)
    Optional<AccountRow.Home> home(UUID organizationId) {
        return rows(
                        query(
                                database,
                                """
                                select id, name, kind, path from organization
                                 where id = ?1 and deleted_at is null for share
                                """,
                                organizationId))
                .stream()
                .map(c -> home(c, 0))
                .findFirst();
    }

    /** False when another account has that user name or identity. */
    @Transactional(MANDATORY)
    boolean isFree(UUID id, String username, ProviderTokens.@Nullable Identity identity) {
        return query(
                        database,
                        """
                        select 1 from account where id <> ?1 and (username = ?2
                            or (provider_issuer = ?3 and provider_subject = ?4)) limit 1
                        """,
                        id,
                        username,
                        identity == null ? "" : identity.issuer(),
                        identity == null ? "" : identity.subject())
                .getResultList()
                .isEmpty();
    }

    @Transactional(MANDATORY)
    void add(UUID id, AccountChange account) {
        query(
                        database,
                        """
                        insert into account (id, organization_id, username, name, locale, roles, created_at)
                        values (?1, ?2, ?3, ?4, ?5, string_to_array(?6, ','), coffer_now())
                        """,
                        id,
                        account.organizationId(),
                        account.username(),
                        account.name(),
                        account.locale(),
                        wire(account.roles()))
                .executeUpdate();
        change(id, account);
    }

    @Transactional(MANDATORY)
    void change(UUID id, AccountChange account) {
        var identity = account.identity();
        query(
                        database,
                        """
                        update account
                           set organization_id = ?2, username = ?3, name = ?4, email = nullif(?5, ''),
                               locale = ?6, roles = string_to_array(?7, ','),
                               provider_issuer = nullif(?8, ''), provider_subject = nullif(?9, ''),
                               disabled_at = case when ?10 then coalesce(disabled_at, coffer_now()) end,
                               version = version + 1
                         where id = ?1
                        """,
                        id,
                        account.organizationId(),
                        account.username(),
                        account.name(),
                        account.email() == null ? "" : account.email(),
                        account.locale(),
                        wire(account.roles()),
                        identity == null ? "" : identity.issuer(),
                        identity == null ? "" : identity.subject(),
                        account.disabled())
                .executeUpdate();
        if (account.password() != null) {
            password(id, account.password(), true);
        }
    }

    /** Sets the password, by the person or (mustChange) by somebody else. */
    @Transactional(MANDATORY)
    void password(UUID id, PasswordHash hash, boolean mustChange) {
        query(
                        database,
                        """
                        update account
                           set password_scheme = ?2, password_iterations = ?3, password_salt = ?4,
                               password_key_id = ?5, password_mac = ?6, password_must_change = ?7,
                               version = version + 1
                         where id = ?1 and deleted_at is null
                        """,
                        id,
                        PasswordHash.SCHEME,
                        hash.iterations(),
                        hash.salt(),
                        hash.mac().keyId(),
                        hash.mac().digest(),
                        mustChange)
                .executeUpdate();
    }

    /** A better hash of the same password, unless it was changed meanwhile. */
    @Transactional
    void rehash(UUID id, PasswordHash before, PasswordHash after) {
        query(
                        database,
                        """
                        update account
                           set password_iterations = ?3, password_salt = ?4, password_key_id = ?5,
                               password_mac = ?6
                         where id = ?1 and password_mac = ?2
                        """,
                        id,
                        before.mac().digest(),
                        after.iterations(),
                        after.salt(),
                        after.mac().keyId(),
                        after.mac().digest())
                .executeUpdate();
    }

    /** Name and language; an empty text leaves what is there. */
    @Transactional(MANDATORY)
    void describe(UUID id, String name, String locale) {
        query(
                        database,
                        """
                        update account set name = coalesce(nullif(?2, ''), name),
                               locale = coalesce(nullif(?3, ''), locale), version = version + 1
                         where id = ?1 and deleted_at is null
                        """,
                        id,
                        name,
                        locale)
                .executeUpdate();
    }

    /** Keeps the id and nothing about the person. */
    @Transactional(MANDATORY)
    void delete(UUID id) {
        query(
                        database,
                        """
                        update account
                           set deleted_at = coffer_now(), username = null, name = '', email = null,
                               provider_issuer = null, provider_subject = null, password_scheme = null,
                               password_iterations = null, password_salt = null, password_key_id = null,
                               password_mac = null, version = version + 1
                         where id = ?1 and deleted_at is null
                        """,
                        id)
                .executeUpdate();
    }

    private Optional<AccountRow> one(String condition, Object... values) {
        return rows(query(database, SELECT + condition, values)).stream()
                .map(AccountLedger::account)
                .findFirst();
    }

    private static String wire(List<Role> roles) {
        return array(roles.stream().map(Role::wire).toList());
    }

    static AccountRow account(Object[] c) {
        return new AccountRow(
                (UUID) c[0],
                (String) c[1],
                (String) c[2],
                (String) c[3],
                (String) c[4],
                PersonLedger.roles(c[5]),
                home(c, 6),
                c[10] == null ? null : new ProviderTokens.Identity((String) c[10], (String) c[11]),
                c[15] == null ? null : hash(c),
                (Boolean) c[16],
                instant(c[17]),
                date(c[18]),
                (Boolean) c[19]);
    }

    private static PasswordHash hash(Object[] c) {
        return new PasswordHash(
                (int) number(c[12]), (byte[]) c[13], new Mac((String) c[14], (byte[]) c[15]));
    }

    private static @Nullable Instant date(@Nullable Object value) {
        return value == null ? null : instant(value);
    }

    private static AccountRow.Home home(Object[] c, int at) {
        return new AccountRow.Home(
                (UUID) c[at], (String) c[at + 1], (String) c[at + 2], PersonLedger.path(c[at + 3]));
    }
}
