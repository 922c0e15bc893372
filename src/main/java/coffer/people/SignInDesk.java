package coffer.people;

import coffer.people.proof.LockOut;
import coffer.people.proof.Passwords;
import coffer.people.proof.ProviderTokens;
import coffer.people.proof.SignInSettings;
import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.Schema;
import coffer.platform.Secret;
import coffer.platform.TokenBuckets;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Optional;

/**
 * Lets people in. A name that nobody has costs what any other costs, and is locked as any other is,
 * so that an answer tells nothing about who has an account. No transaction is open while a password
 * is hashed.
 */
@ApplicationScoped
class SignInDesk {

    private static final Duration PURGE_PAUSE = Duration.ofMinutes(10);
    private static final int PURGED_AT_ONCE = 10_000;

    private final AccountLedger accounts;
    private final Sessions sessions;
    private final LockOut locks;
    private final Passwords passwords;
    private final TokenBuckets buckets;
    private final SignInSettings settings;

    @Inject
    SignInDesk(
            AccountLedger accounts,
            Sessions sessions,
            LockOut locks,
            Passwords passwords,
            TokenBuckets buckets,
            SignInSettings settings) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.locks = locks;
        this.passwords = passwords;
        this.buckets = buckets;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SignInDesk() {
        this(null, null, null, null, null, null);
    }

    void start(@Observes Schema.Ready ready, Executors executors) {
        executors.every(
                PURGE_PAUSE,
                "sign-in.purge",
                () -> {
                    locks.purge(PURGED_AT_ONCE);
                    sessions.purge(PURGED_AT_ONCE);
                });
    }

    /** By user name and password; {@code address} is the client's. */
    SignInOutcome signIn(String username, Secret password, String address) {
        var name = UserChanges.username(username);
        var wait = throttle(address).or(() -> locks.lockedFor(name));
        if (wait.isPresent()) {
            return new SignInOutcome.Throttled(wait.get());
        }
        var account = accounts.named(name);
        if (!passwords.matches(account.flatMap(AccountRow::password).orElse(null), password)) {
            locks.failed(name, account.map(AccountRow::id));
            return refused("wrong name or password");
        }
        renew(account.orElseThrow(), password);
        return open(account.orElseThrow(), "password", address);
    }

    /** By what a provider says. */
    SignInOutcome signIn(ProviderTokens.Identity identity, String address) {
        var account = accounts.known(identity);
        return account.isPresent()
                ? open(account.get(), "provider", address)
                : refused("nobody is linked to this identity");
    }

    /** By the refresh token of a session. */
    SignInOutcome refresh(String token) {
        var tokens = sessions.renew(token);
        var account = tokens.flatMap(next -> accounts.find(next.accountId()));
        return tokens.isPresent() && account.isPresent()
                ? new SignInOutcome.Granted(account.get(), tokens.get())
                : refused("refresh token not good");
    }

    /** Before anything is looked up or checked for a stranger. */
    Optional<Duration> throttle(String address) {
        return buckets.take("sign-in:" + address, settings.byAddress());
    }

    private SignInOutcome open(AccountRow account, String how, String address) {
        if (!account.inForce()) {
            return refused("account or organization not in force");
        }
        locks.forgive(account.username());
        return new SignInOutcome.Granted(account, sessions.open(account.id(), how, address));
    }

    /** A password that is right may be hashed better than it was. */
    private void renew(AccountRow account, Secret password) {
        var hash = account.hash();
        if (hash != null && passwords.isDated(hash)) {
            accounts.rehash(account.id(), hash, passwords.hash(password));
        }
    }

    private static SignInOutcome refused(String why) {
        Log.info("sign_in.refused", "reason", why);
        return new SignInOutcome.Refused();
    }
}
