package coffer.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What the first bytes of a backup say it is. Nothing is decrypted or unpacked; the answer is a
 * flag for people and, where an organization demands ciphertext, the ground of a refusal.
 */
enum ContentKind {
    /** OpenPGP, to one or more public keys (RFC 9580 packet 1). */
    PGP_RECIPIENTS(true),
    /** OpenPGP, by passphrase (packet 3). */
    PGP_SYMMETRIC(true),
    /** OpenPGP encrypted data without a session key before it (packets 9, 18, 20). */
    PGP_ENCRYPTED(true),
    /** OpenPGP ASCII armour of a message; what is inside is not looked at further. */
    PGP_ARMOURED(true),
    /** OpenPGP that is signed, compressed or literal only: not encrypted. */
    PGP_PLAIN(false),
    GZIP(false),
    XZ(false),
    BZIP2(false),
    ZSTD(false),
    ZIP(false),
    TAR(false),
    TEXT(false),
    UNKNOWN(false);

    /** How many of a backup's first bytes are worth showing to {@link #of}. */
    static final int LOOK_BYTES = 512;

    private static final int[] ZIP_MAGIC = {'P', 'K'};
    private final boolean encrypted;

    ContentKind(boolean encrypted) {
        this.encrypted = encrypted;
    }

    /** Whether an organization that demands ciphertext takes it. */
    boolean encrypted() {
        return encrypted;
    }

    /** As kept in the catalogue: {@code pgp-symmetric}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Judges the first {@code length} bytes. */
    static ContentKind of(byte[] head, int length) {
        if (length == 0) {
            return UNKNOWN;
        }
        if (starts(head, length, 0x1f, 0x8b)) {
            return GZIP;
        }
        if (starts(head, length, 0xfd, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        }
        if (starts(head, length, 'B', 'Z', 'h')) {
            return BZIP2;
        }
        if (starts(head, length, 0x28, 0xb5, 0x2f, 0xfd)) {
            return ZSTD;
        }
        if (starts(head, length, ZIP_MAGIC)) {
            return ZIP;
        }
        if (length > 262 && new String(head, 257, 5, StandardCharsets.ISO_8859_1).equals("ustar")) {
            return TAR;
        }
        if (new String(head, 0, Math.min(length, 64), StandardCharsets.ISO_8859_1)
                .startsWith("-----BEGIN PGP MESSAGE-----")) {
            return PGP_ARMOURED;
        }
        return isText(head, length) ? TEXT : openPgp(head, length);
    }

    /** The first packet's tag decides; its header must make sense (RFC 9580 section 4.2). */
    private static ContentKind openPgp(byte[] head, int length) {
        var first = head[0] & 0xff;
        if ((first & 0x80) == 0 || length < 4) {
            return UNKNOWN;
        }
        var newFormat = (first & 0x40) != 0;
        var tag = newFormat ? first & 0x3f : (first >> 2) & 0x0f;
        var body = newFormat ? newHeader(head[1] & 0xff) : oldHeader(first & 3);
        var version = body < length ? head[body] & 0xff : 0;
        return switch (tag) {
            case 1 -> version == 3 || version == 6 ? PGP_RECIPIENTS : UNKNOWN;
            case 3 -> version >= 4 && version <= 6 ? PGP_SYMMETRIC : UNKNOWN;
            case 9, 20 -> PGP_ENCRYPTED;
            case 18 -> version == 1 || version == 2 ? PGP_ENCRYPTED : UNKNOWN;
            case 2, 4, 8, 11 -> PGP_PLAIN;
            default -> UNKNOWN;
        };
    }

    private static int newHeader(int lengthOctet) {
        if (lengthOctet < 192 || (lengthOctet >= 224 && lengthOctet < 255)) {
            return 2;
        }
        return lengthOctet < 224 ? 3 : 6;
    }

    private static int oldHeader(int lengthType) {
        return switch (lengthType) {
            case 0 -> 2;
            case 1 -> 3;
            case 2 -> 5;
            default -> 1;
        };
    }

    private static boolean isText(byte[] head, int length) {
        for (var i = 0; i < length; i++) {
            var b = head[i] & 0xff;
            if ((b < 0x20 && b != '\n' && b != '\r' && b != '\t') || b == 0x7f) {
                return false;
            }
            if (b >= 0x80) {
                return i > 8 && wellFormed(head, length);
            }
        }
        return true;
    }

    /** UTF-8, but for a character that the look may have cut in two at its end. */
    private static boolean wellFormed(byte[] head, int length) {
        var text =
                new String(head, 0, length, StandardCharsets.UTF_8).replaceAll("\ufffd{1,3}$", "");
        return text.indexOf('\ufffd') < 0
                && text.chars().noneMatch(c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t');
    }

    private static boolean starts(byte[] head, int length, int... magic) {
        if (length < magic.length) {
            return false;
        }
        for (var i = 0; i < magic.length; i++) {
            if ((head[i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
