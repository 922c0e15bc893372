package coffer.people;

import static coffer.platform.web.Paging.invalid;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.people.proof.LockOut;
import coffer.people.proof.NewPassword;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.Passwords;
import coffer.platform.ProblemType;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people decide about themselves: name, language, password. */
@ApplicationScoped
class OwnAccount {

    private final AccountLedger ledger;
    private final SessionLedger sessions;
    private final Passwords passwords;
    private final LockOut locks;
    private final AuditTrail trail;
    private final Event<PeopleChanged> changes;

    @Inject
    OwnAccount(
            AccountLedger ledger,
            SessionLedger sessions,
            Passwords passwords,
            LockOut locks,
            AuditTrail trail,
            Event<PeopleChanged> changes) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.passwords = passwords;
        this.locks = locks;
        this.trail = trail;
        this.changes = changes;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OwnAccount() {
        this(null, null, null, null, null, null);
    }

    /** The caller's account. */
    @Transactional
    AccountRow find(Caller.Person caller) {
        return ledger.find(caller.userId()).orElseThrow(ProblemType.INVALID_TOKEN::withoutDetail);
    }

    /** Hashes a new password; none may be short or the user name. */
    PasswordHash hash(String field, String username, String password) {
        return passwords.hash(NewPassword.check(field, username, password));
    }

    /**
     * Proves the current password, outside of any transaction; a wrong one counts as a failed
     * sign-in.
     */
    void prove(AccountRow account, Secret password) {
        var wait = locks.lockedFor(account.username());
        if (wait.isPresent()) {
            throw ProblemType.SIGN_IN_THROTTLED.retryAfter(wait.get().toSeconds() + 1);
        }
        if (!passwords.matches(account.hash(), password)) {
            locks.failed(account.username(), Optional.of(account.id()));
            throw invalid("current_password", "is not right", "");
        }
    }

    /** Replaces the password; every other session ends. */
    @Transactional
    void replacePassword(Caller.Person caller, @Nullable UUID session, PasswordHash hash) {
        ledger.password(caller.userId(), hash, false);
        var ended = sessions.endAll(caller.userId(), session, "password changed");
        record(caller, "user.password_changed", Map.of("sessions_ended", ended));
    }

    /** Replaces name and language. */
    @Transactional
    AccountRow describe(Caller.Person caller, @Nullable String name, @Nullable String locale) {
        ledger.describe(caller.userId(), name == null ? "" : name, locale == null ? "" : locale);
        record(caller, "user.updated", Map.of("profile", "changed"));
        return find(caller);
    }

    private void record(Caller.Person caller, String action, Map<String, ?> detail) {
        trail.record(caller, action, "user:" + caller.userId(), "done", detail);
        changes.fire(new PeopleChanged(caller.userId()));
    }
}
