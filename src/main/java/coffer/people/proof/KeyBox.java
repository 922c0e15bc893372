package coffer.people.proof;

import coffer.platform.Ids;
import coffer.platform.KeyRing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.Arrays;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes RSA keys and seals them, and other secrets, for the catalogue: AES-256-GCM under a key of
 * each one's own, which is HMAC-SHA-256(pepper, its id). Who has the catalogue without the pepper
 * can sign nothing.
 */
@ApplicationScoped
class KeyBox {

    /**
     * A sealed key.
     *
     * @param pepperId which pepper opens it
     */
    @SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
    record Sealed(byte[] bytes, String pepperId) {}

    private static final String PEPPER = "pepper";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int BITS = 2048;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final Ids ids;

    @Inject
    KeyBox(KeyRing keys, Ids ids) {
        this.keys = keys;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected KeyBox() {
        this(null, null);
    }

    RSAKey generate(String id) {
        try {
            return new RSAKeyGenerator(BITS)
                    .keyID(id)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .generate();
        } catch (JOSEException missing) {
            throw new IllegalStateException("RSA is part of every JDK", missing);
        }
    }

    Sealed seal(RSAKey key) {
        return sealText(label(key.getKeyID()), key.toJSONString());
    }

    /** Seals a text under a key that the label alone has, and its opening must know again. */
    Sealed sealText(String label, String text) {
        var pepperId = keys.current(PEPPER);
        var nonce = ids.bytes(NONCE_BYTES);
        var clear = text.getBytes(StandardCharsets.UTF_8);
        var hidden = crypt(Cipher.ENCRYPT_MODE, label, pepperId, nonce, clear);
        var bytes = Arrays.copyOf(nonce, NONCE_BYTES + hidden.length);
        System.arraycopy(hidden, 0, bytes, NONCE_BYTES, hidden.length);
        return new Sealed(bytes, pepperId);
    }

    RSAKey open(String id, byte[] sealed, String pepperId) {
        try {
            return RSAKey.parse(openText(label(id), sealed, pepperId));
        } catch (ParseException spoilt) {
            throw new IllegalStateException("key " + id + " is not one", spoilt);
        }
    }

    /** What was sealed under this label. */
    String openText(String label, byte[] sealed, String pepperId) {
        var nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        var hidden = Arrays.copyOfRange(sealed, NONCE_BYTES, sealed.length);
        var clear = crypt(Cipher.DECRYPT_MODE, label, pepperId, nonce, hidden);
        return new String(clear, StandardCharsets.UTF_8);
    }

    private static String label(String id) {
        return "coffer signing key " + id;
    }

    private byte[] crypt(int mode, String name, String pepperId, byte[] nonce, byte[] input) {
        var label = name.getBytes(StandardCharsets.UTF_8);
        var key = new SecretKeySpec(keys.sign(PEPPER, pepperId, label).digest(), "AES");
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(label);
            return cipher.doFinal(input);
        } catch (GeneralSecurityException spoilt) {
            throw new IllegalStateException(name + " cannot be sealed or opened", spoilt);
        }
    }
}
