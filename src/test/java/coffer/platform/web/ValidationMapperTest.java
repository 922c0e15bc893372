package coffer.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class ValidationMapperTest {

    @Test
    void a_secret_is_never_repeated() {
        assertThat(ValidationMapper.shown("system_secret", "cof_x")).isEqualTo("****");
        assertThat(ValidationMapper.shown("password", "x")).isEqualTo("****");
        assertThat(ValidationMapper.shown("refresh_token", "x")).isEqualTo("****");
    }

    @Test
    void plain_values_are_shown_and_cut_short() {
        assertThat(ValidationMapper.shown("page", 0)).isEqualTo("0");
        assertThat(ValidationMapper.shown("name", "n".repeat(5000))).hasSize(200);
        assertThat(ValidationMapper.shown("name", null)).isEmpty();
        assertThat(ValidationMapper.shown("body", Map.of("secret", "x"))).isEmpty();
    }
}
