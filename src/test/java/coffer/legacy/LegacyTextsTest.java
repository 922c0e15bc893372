package coffer.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.Map;

class LegacyTextsTest {

    @ParameterizedTest
    @CsvSource({
        "a.tar.gz.gpg, application/pgp-encrypted",
        "A.GPG, application/pgp-encrypted",
        "a.tar.gz, application/gzip",
        "a.tar.xz, application/octet-stream",
        "backup, application/octet-stream"
    })
    void old_clients_know_three_media_types(String name, String type) {
        assertThat(LegacyMediaType.ofName(name)).isEqualTo(type);
    }

    @Test
    void parameters_are_read_as_a_query_and_what_is_broken_stays_as_it_is() {
        assertThat(NethBackup.parameters("LK=a-b&fname=x%20y+z&bakfile=%zz&=v&w"))
                .isEqualTo(Map.of("LK", "a-b", "fname", "x y z", "bakfile", "%zz"));
        assertThat(NethBackup.parameters(null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"secret=a%2Bb | a+b", "x=y&secret=abc | abc"})
    void a_secret_is_read_from_a_form(String body, String secret) {
        assertThat(SubscriptionDesk.secret(body.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(secret);
    }
}
