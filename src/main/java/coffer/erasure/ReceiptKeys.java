package coffer.erasure;

import coffer.platform.KeyRing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ed25519 keys (RFC 8032) that sign receipts. A key's seed is an HMAC by the configured secret of
 * the same id, so that all nodes sign alike and the secret is one text, as all others are.
 */
@ApplicationScoped
class ReceiptKeys {

    static final String ALGORITHM = "Ed25519";

    private static final String PURPOSE = "receipt";
    private static final byte[] SEED =
            "coffer erasure receipt, Ed25519 seed".getBytes(StandardCharsets.UTF_8);

    private final KeyRing keys;
    private final Map<String, KeyPair> pairs = new ConcurrentHashMap<>();

    @Inject
    ReceiptKeys(KeyRing keys) {
        this.keys = keys;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ReceiptKeys() {
        this(null);
    }

    /** The id of the key that signs now. */
    String current() {
        return keys.current(PURPOSE);
    }

    /** All ids, former ones too. */
    List<String> ids() {
        return keys.ids(PURPOSE);
    }

    byte[] sign(String keyId, byte[] bytes) {
        try {
            var signature = Signature.getInstance(ALGORITHM);
            signature.initSign(pair(keyId).getPrivate());
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
        }
    }

    PublicKey publicKey(String keyId) {
        return pair(keyId).getPublic();
    }

    private KeyPair pair(String keyId) {
        return pairs.computeIfAbsent(keyId, id -> derive(keys.sign(PURPOSE, id, SEED).digest()));
    }

    /** The JDK makes a public key from a seed only while it generates a pair. */
    static KeyPair derive(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance(ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, new Given(seed));
            var pair = generator.generateKeyPair();
            var made = ((EdECPrivateKey) pair.getPrivate()).getBytes();
            if (made.isEmpty() || !Arrays.equals(made.get(), seed)) {
                throw new IllegalStateException("this JDK does not make Ed25519 keys from a seed");
            }
            return pair;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(ALGORITHM + " is part of every JDK", missing);
        }
    }

    /** Yields the seed instead of random bytes. */
    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] bytes;

        Given(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        @Override
        public void nextBytes(byte[] target) {
            if (target.length != bytes.length) {
                throw new IllegalStateException("asked for " + target.length + " bytes");
            }
            System.arraycopy(bytes, 0, target, 0, bytes.length);
        }
    }
}
