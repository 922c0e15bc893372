package coffer.people.proof;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.KeyRing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Locks a name after some failures in a row, and for twice as long after each further one. Names
 * that nobody has are locked alike. Sessions and API keys go on: a stranger who guesses keeps
 * nobody from working.
 */
@ApplicationScoped
public class LockOut {

    private static final Caller SIGN_IN = new Caller.Machine("sign-in");
    private static final int MOST_DOUBLINGS = 20;

    private final LockOutLedger ledger;
    private final KeyRing keys;
    private final AuditTrail trail;
    private final SignInSettings settings;

    @Inject
    LockOut(LockOutLedger ledger, KeyRing keys, AuditTrail trail, SignInSettings settings) {
        this.ledger = ledger;
        this.keys = keys;
        this.trail = trail;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LockOut() {
        this(null, null, null, null);
    }

    /** How much longer nobody signs in under this name. */
    public Optional<Duration> lockedFor(String username) {
        return ledger.lockedFor(mac(username));
    }

    /** One more failure; {@code account} is whose name it is, if anybody's. */
    @Transactional
    public void failed(String username, Optional<UUID> account) {
        var mac = mac(username);
        var failures = ledger.fail(mac);
        if (failures < settings.failures()) {
            return;
        }
        var lock = lock(failures - settings.failures());
        ledger.lock(mac, lock);
        account.ifPresent(id ->
                trail.record(
                        SIGN_IN,
                        "user.locked",
                        "user:" + id,
                        "done",
                        Map.of("failures", failures, "seconds", lock.toSeconds())));
    }

    /** A success makes the failures before it good. */
    @Transactional
    public void forgive(String username) {
        ledger.forgive(mac(username));
    }

    /** Drops old failures. */
    public void purge(int most) {
        ledger.purge(most);
    }

    private Duration lock(int doublings) {
        var lock = settings.lock().multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
        return lock.compareTo(settings.longestLock()) < 0 ? lock : settings.longestLock();
    }

    private byte[] mac(String username) {
        var label = "sign-in name " + username;
        return keys.sign("pepper", label.getBytes(StandardCharsets.UTF_8)).digest();
    }
}
