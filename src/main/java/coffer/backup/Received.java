package coffer.backup;

import java.util.HexFormat;

/**
 * A body that came whole: its digest and what its first bytes say. The bytes themselves stay in the
 * {@link Spool.Claim} it was received into.
 *
 * @param sha256 lower-case hex
 */
record Received(long sizeBytes, String sha256, ContentKind contentKind) {

    byte[] digest() {
        return HexFormat.of().parseHex(sha256);
    }
}
