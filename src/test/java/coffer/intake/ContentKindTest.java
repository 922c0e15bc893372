package coffer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

class ContentKindTest {

    @Test
    void openpgp_is_known_by_its_first_packet() {
        assertThat(kind(0x8c, 0x0d, 0x04, 0x09, 0x03, 0x02)).isEqualTo(ContentKind.PGP_SYMMETRIC);
        assertThat(kind(0xc3, 0x0d, 0x04, 0x09, 0x03, 0x08)).isEqualTo(ContentKind.PGP_SYMMETRIC);
        assertThat(kind(0x85, 0x01, 0x0c, 0x03, 0x12, 0x34)).isEqualTo(ContentKind.PGP_RECIPIENTS);
        assertThat(kind(0x84, 0x5e, 0x03, 0x12, 0x34, 0x56)).isEqualTo(ContentKind.PGP_RECIPIENTS);
        assertThat(kind(0xd2, 0x3a, 0x01, 0x55, 0x66, 0x77)).isEqualTo(ContentKind.PGP_ENCRYPTED);
    }

    @Test
    void signed_or_literal_openpgp_is_not_encrypted() {
        assertThat(kind(0x90, 0x0d, 0x03, 0x00, 0x08)).isEqualTo(ContentKind.PGP_PLAIN);
        assertThat(ContentKind.PGP_PLAIN.encrypted()).isFalse();
        assertThat(ContentKind.PGP_SYMMETRIC.encrypted()).isTrue();
    }

    @Test
    void armour_is_known_by_its_first_line() {
        assertThat(kind("-----BEGIN PGP MESSAGE-----\n\nhQEMA".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(ContentKind.PGP_ARMOURED);
    }

    @Test
    void compressions_are_known_by_their_magic() throws IOException {
        var gzip = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(gzip)) {
            out.write(new byte[100]);
        }

        assertThat(kind(gzip.toByteArray())).isEqualTo(ContentKind.GZIP);
        assertThat(kind(0xfd, '7', 'z', 'X', 'Z', 0, 0)).isEqualTo(ContentKind.XZ);
        assertThat(kind('B', 'Z', 'h', '9', 0x31)).isEqualTo(ContentKind.BZIP2);
        assertThat(kind(0x28, 0xb5, 0x2f, 0xfd, 0x04)).isEqualTo(ContentKind.ZSTD);
    }

    @Test
    void plain_configuration_is_text_in_any_language() {
        assertThat(kind("config interface 'lan'\n".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ContentKind.TEXT);
        assertThat(
                        kind(
                                "option name 'caffè e tè, città perché'\n"
                                        .getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ContentKind.TEXT);
    }

    @Test
    void what_nobody_knows_is_unknown_and_never_an_error() {
        assertThat(kind(0x00)).isEqualTo(ContentKind.UNKNOWN);
        assertThat(kind(0xff, 0xff, 0xff, 0xff, 0xff)).isEqualTo(ContentKind.UNKNOWN);
        assertThat(ContentKind.of(new byte[0], 0)).isEqualTo(ContentKind.UNKNOWN);
        var random = new java.util.Random(7);
        for (var i = 0; i < 10_000; i++) {
            var bytes = new byte[random.nextInt(ContentKind.LOOK_BYTES + 1)];
            random.nextBytes(bytes);
            assertThat(ContentKind.of(bytes, bytes.length)).isNotNull();
        }
    }

    private static ContentKind kind(int... octets) {
        var bytes = new byte[octets.length];
        for (var i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return kind(bytes);
    }

    private static ContentKind kind(byte[] bytes) {
        return ContentKind.of(bytes, bytes.length);
    }
}
