package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.Optional;

class RedisSettingsTest {

    private static RedisSettings with(String url) {
        return new RedisSettings(Optional.of(new Secret(url)), Duration.ofSeconds(1), 1, "test", 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://localhost",
                "redis://localhost:6379/3",
                "rediss://user:secret@redis.example.org:6380"
            })
    void an_address_is_taken(String url) {
        assertThat(with(url).address()).hasToString(url);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:6379", "http://localhost", "redis://", "redis://a b"})
    void nonsense_is_refused_without_repeating_it(String url) {
        assertThatThrownBy(() -> with(url))
                .isInstanceOf(SettingsProblem.class)
                .hasMessageContaining("coffer.redis.url")
                .hasMessageNotContaining(url + "'");
    }

    @Test
    void a_password_is_not_printed() {
        assertThat(with("redis://user:secret@localhost")).asString().doesNotContain("secret@");
    }
}
