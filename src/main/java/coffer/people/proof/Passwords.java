package coffer.people.proof;

import coffer.platform.Ids;
import coffer.platform.KeyRing;
import coffer.platform.Mac;
import coffer.platform.ProblemType;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Hashes passwords slowly (PBKDF2, RFC 8018), only so many at once on this node: a crowd at the
 * sign-in must not take the CPU from uploads. Whoever does not get a turn in two seconds is asked
 * to come back.
 */
@ApplicationScoped
public class Passwords {

    private static final String PEPPER = "pepper";
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 512;
    private static final int MAC_BYTES = 32;
    private static final int PATIENCE_MILLIS = 2_000;
    private static final int RETRY_SECONDS = 5;

    private final KeyRing keys;
    private final Ids ids;
    private final int iterations;
    private final Semaphore turns;

    @Inject
    Passwords(KeyRing keys, Ids ids, SignInSettings settings) {
        this.keys = keys;
        this.ids = ids;
        this.iterations = settings.hashIterations();
        this.turns = new Semaphore(settings.hashesAtOnce(), true);
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Passwords() {
        keys = null;
        ids = null;
        iterations = 1;
        turns = new Semaphore(1);
    }

    /** A hash of a new password. */
    public PasswordHash hash(Secret password) {
        var salt = ids.bytes(SALT_BYTES);
        return new PasswordHash(
                iterations, salt, keys.sign(PEPPER, stretched(password, salt, iterations)));
    }

    /** In constant time, and with the same work where there is no hash to compare with. */
    public boolean matches(@Nullable PasswordHash hash, Secret password) {
        var kept =
                hash == null
                        ? new PasswordHash(
                                iterations,
                                new byte[SALT_BYTES],
                                new Mac(keys.current(PEPPER), new byte[MAC_BYTES]))
                        : hash;
        var stretched = stretched(password, kept.salt(), kept.iterations());
        return keys.verify(PEPPER, kept.mac(), stretched) && hash != null;
    }

    /** True where {@link #hash} would make a stronger one, or one by the current pepper. */
    public boolean isDated(PasswordHash hash) {
        return hash.iterations() < iterations || !hash.mac().keyId().equals(keys.current(PEPPER));
    }

    private byte[] stretched(Secret password, byte[] salt, int rounds) {
        takeTurn();
        var spec = new PBEKeySpec(password.reveal().toCharArray(), salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("PBKDF2WithHmacSHA512 is part of every JDK", missing);
        } finally {
            spec.clearPassword();
            turns.release();
        }
    }

    private void takeTurn() {
        try {
            if (!turns.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
        }
    }
}
