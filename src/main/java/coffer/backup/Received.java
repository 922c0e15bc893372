package coffer.backup;

import java.util.HexFormat;

/**
 * A body that came whole: its digest and what its first bytes say. The bytes themselves stay where
 * they were received.
 *
 * @param sha256 lower-case hex
 * @param contentKind as kept in the catalogue, {@code pgp-symmetric}
 */
public record Received(long sizeBytes, String sha256, String contentKind) {

    /** The digest as bytes. */
    public byte[] digest() {
        return HexFormat.of().parseHex(sha256);
    }
}
