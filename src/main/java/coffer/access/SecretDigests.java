package coffer.access;

import coffer.platform.KeyRing;
import coffer.platform.Mac;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * Compares secrets with what the catalogue keeps of them: HMAC-SHA-256(pepper, the 40 digits), or
 * for imported ones SHA-256(salt, the 40 digits). 160 random bits need no slow hash.
 */
@ApplicationScoped
class SecretDigests {

    private static final String PEPPER = "pepper";
    private static final int LENGTH = 32;

    private final KeyRing keys;

    @Inject
    SecretDigests(KeyRing keys) {
        this.keys = keys;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SecretDigests() {
        this(null);
    }

    Mac keyed(Secret hidden) {
        return keys.sign(PEPPER, hidden.bytes());
    }

    /** Under every key that is accepted. */
    List<Mac> keyedByAll(Secret hidden) {
        return keys.ids(PEPPER).stream().map(id -> keys.sign(PEPPER, id, hidden.bytes())).toList();
    }

    /** In constant time, and with the same work where there is no such row. */
    boolean matches(@Nullable CredentialRow row, Secret hidden) {
        var keyId = row == null || row.keyId() == null ? keys.current(PEPPER) : row.keyId();
        var kept = row == null ? new byte[LENGTH] : row.digest();
        var keyed = keys.verify(PEPPER, new Mac(keyId, kept), hidden.bytes());
        var salt = row == null || row.salt() == null ? new byte[LENGTH] : row.salt();
        var salted = MessageDigest.isEqual(kept, salted(salt, hidden));
        var right = isSalted(row) ? salted : keyed;
        return row != null && right;
    }

    /** True for an imported secret, and after the pepper was replaced. */
    boolean isDated(CredentialRow row) {
        return isSalted(row) || !keys.current(PEPPER).equals(row.keyId());
    }

    private static boolean isSalted(@Nullable CredentialRow row) {
        return row != null && row.scheme().equals("salted-sha256");
    }

    private static byte[] salted(byte[] salt, Secret hidden) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(hidden.reveal().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("SHA-256 is part of every JDK", missing);
        }
    }
}
