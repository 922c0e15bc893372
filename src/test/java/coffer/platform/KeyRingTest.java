package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class KeyRingTest {

    private static final byte[] TEXT = "text".getBytes(UTF_8);

    @Test
    void what_was_signed_verifies() {
        var ring = ring(Map.of());

        var mac = ring.sign("pepper", TEXT);

        assertThat(mac.keyId()).isEqualTo("k1");
        assertThat(ring.verify("pepper", mac, TEXT)).isTrue();
        assertThat(ring.verify("pepper", mac, "other".getBytes(UTF_8))).isFalse();
    }

    @Test
    void purposes_do_not_share_their_keys() {
        var ring = ring(Map.of());

        assertThat(ring.verify("bus", ring.sign("pepper", TEXT), TEXT)).isFalse();
    }

    @Test
    void a_former_key_still_verifies_and_no_longer_signs() {
        var before = ring(Map.of()).sign("pepper", TEXT);
        var after =
                ring(
                        Map.of(
                                "coffer.keys.pepper.current", "k2",
                                "coffer.keys.pepper.former", "k1",
                                "coffer.keys.pepper.k2", "2".repeat(32)));

        assertThat(after.sign("pepper", TEXT).keyId()).isEqualTo("k2");
        assertThat(after.verify("pepper", before, TEXT)).isTrue();
    }

    @Test
    void a_key_taken_out_of_the_list_verifies_nothing() {
        var before = ring(Map.of()).sign("pepper", TEXT);
        var after =
                ring(
                        Map.of(
                                "coffer.keys.pepper.current",
                                "k2",
                                "coffer.keys.pepper.k2",
                                "2".repeat(32)));

        assertThat(after.verify("pepper", before, TEXT)).isFalse();
    }

    @Test
    void a_short_key_ends_the_start() {
        assertThatThrownBy(() -> ring(Map.of("coffer.keys.bus.k1", "short")))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("coffer.keys.bus.k1")
                .hasMessageContaining("32 characters");
    }

    private static KeyRing ring(Map<String, String> more) {
        var values = new HashMap<String, String>();
        values.put("coffer.keys.pepper.k1", "p".repeat(32));
        values.put("coffer.keys.audit.k1", "a".repeat(32));
        values.put("coffer.keys.bus.k1", "b".repeat(32));
        values.put("coffer.keys.receipt.k1", "r".repeat(32));
        values.putAll(more);
        return new KeyRing(KeySettings.read(new SettingsReader(new FixedConfig(values))));
    }
}
