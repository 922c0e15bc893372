package coffer.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** SHA-256 in the two spellings that S3 wants. */
final class Checksums {

    /** The header that carries a checksum of the whole body. */
    static final String HEADER = "x-amz-checksum-sha256";

    /** Stands in place of the digest where the payload is not signed. */
    static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    private Checksums() {}

    static String base64(String hex) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex));
    }

    static String sha256Hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
