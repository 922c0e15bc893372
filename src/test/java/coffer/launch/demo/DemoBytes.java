package coffer.launch.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/**
 * What systems of the demo send: noise behind the first bytes of an OpenPGP message for most, a
 * real gzip file for some, plain text for one. The first cannot be decrypted, by anybody.
 */
final class DemoBytes {

    /** A symmetric-key packet: version 4, AES-256, salted and iterated SHA-256 (RFC 9580, 5.3). */
    private static final int[] OPENPGP = {0x8c, 0x0d, 0x04, 0x09, 0x03, 0x08};

    private final Random random = new Random(42);

    /** A configuration of a system on a day; no two are alike. */
    byte[] of(DemoSystem system, int daysAgo) {
        return switch (system.number() % 9) {
            case 4 -> gzip(text(system, daysAgo).getBytes(StandardCharsets.UTF_8));
            case 7 -> text(system, daysAgo).getBytes(StandardCharsets.UTF_8);
            default -> encrypted(size(system) + daysAgo);
        };
    }

    /** As {@link #of}, of any size. */
    byte[] encrypted(int size) {
        var bytes = new byte[size];
        random.nextBytes(bytes);
        for (var i = 0; i < OPENPGP.length; i++) {
            bytes[i] = (byte) OPENPGP[i];
        }
        return bytes;
    }

    /** Under which name it sends them. */
    static String filename(DemoSystem system) {
        return switch (system.number() % 9) {
            case 4 -> "backup.tar.gz";
            case 7 -> "configuration.txt";
            default -> "backup.tar.gz.gpg";
        };
    }

    private static int size(DemoSystem system) {
        return 2_048 + system.number() * 211;
    }

    private String text(DemoSystem system, int daysAgo) {
        var text = new StringBuilder("# " + system.credentials().key() + ", " + daysAgo + '\n');
        for (var line = 0; line < 40; line++) {
            text.append("option ").append(line).append('=').append(random.nextInt()).append('\n');
        }
        return text.toString();
    }

    private static byte[] gzip(byte[] text) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
        return bytes.toByteArray();
    }
}
