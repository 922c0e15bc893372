package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) with named keys. Whoever stores a digest stores the id of its key beside
 * it, so that every key can be replaced. Purposes never share a key's meaning.
 */
@ApplicationScoped
public class KeyRing {

    private static final String ALGORITHM = "HmacSHA256";
    private final Map<String, KeySettings.Keys> purposes;

    @Inject
    KeyRing(KeySettings settings) {
        purposes = settings.purposes();
    }

    /** For the client proxy. */
    protected KeyRing() {
        purposes = Map.of();
    }

    /** The id of the key that signs now. */
    public String current(String purpose) {
        return keys(purpose).current();
    }

    /** The ids of all keys that are accepted, sorted. */
    public List<String> ids(String purpose) {
        return keys(purpose).secrets().keySet().stream().sorted().toList();
    }

    /** Signs with the current key. */
    public Mac sign(String purpose, byte[] bytes) {
        return sign(purpose, current(purpose), bytes);
    }

    /** Signs with a given key, to compare with what was stored under it. */
    public Mac sign(String purpose, String keyId, byte[] bytes) {
        var secret = keys(purpose).secrets().get(keyId);
        if (secret == null) {
            throw new IllegalStateException("no key " + keyId + " for " + purpose);
        }
        return new Mac(keyId, digest(secret, bytes));
    }

    /** True when {@code mac} is right and its key still accepted; in constant time. */
    public boolean verify(String purpose, Mac mac, byte[] bytes) {
        @Nullable Secret secret = keys(purpose).secrets().get(mac.keyId());
        return secret != null && MessageDigest.isEqual(mac.digest(), digest(secret, bytes));
    }

    private KeySettings.Keys keys(String purpose) {
        var keys = purposes.get(purpose);
        if (keys == null) {
            throw new IllegalArgumentException("no such purpose: " + purpose);
        }
        return keys;
    }

    private static byte[] digest(Secret secret, byte[] bytes) {
        try {
            var mac = javax.crypto.Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.bytes(), ALGORITHM));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
        }
    }
}
