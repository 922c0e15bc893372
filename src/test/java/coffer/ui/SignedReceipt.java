package coffer.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.TreeMap;

/**
 * Checks a receipt by what {@code docs/format/erasure-receipt.md} says, with nothing of Coffer: the
 * JDK's Ed25519, and Jackson for the canonical form, which for a receipt's values is sorted names
 * without white space.
 */
final class SignedReceipt {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private SignedReceipt() {}

    /**
     * True if the holder of the key signed this very content.
     *
     * @param publicKey SubjectPublicKeyInfo in base64, as it is published
     */
    static boolean genuine(String receipt, String publicKey) {
        try {
            @SuppressWarnings("unchecked") // A receipt is an object.
            TreeMap<String, Object> content = JSON.readValue(receipt, TreeMap.class);
            var signature = String.valueOf(content.remove("signature"));
            var key =
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey)));
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(JSON.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
            return verifier.verify(Base64.getUrlDecoder().decode(signature));
        } catch (JsonProcessingException | GeneralSecurityException unreadable) {
            throw new IllegalArgumentException(receipt, unreadable);
        }
    }
}
