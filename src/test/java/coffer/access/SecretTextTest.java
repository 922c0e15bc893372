package coffer.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTextTest {

    private static final String PUBLIC = "0123456789abcdef0123";
    private static final String HIDDEN = "0123456789abcdef0123456789abcdef01234567";

    @ParameterizedTest
    @ValueSource(strings = {"cof_", "my_"})
    void ours_and_imported_ones_are_taken_apart(String prefix) {
        var secret = SecretText.parse(prefix + PUBLIC + "." + HIDDEN).orElseThrow();

        assertThat(secret.publicPart()).isEqualTo(prefix + PUBLIC);
        assertThat(secret.hidden().reveal()).isEqualTo(HIDDEN);
        assertThat(secret.whole().reveal()).isEqualTo(prefix + PUBLIC + "." + HIDDEN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cof_",
                "cof_" + PUBLIC,
                "cof_" + PUBLIC + "." + HIDDEN + "0",
                "cof_" + PUBLIC + ".0123456789ABCDEF0123456789abcdef01234567",
                "abc_" + PUBLIC + "." + HIDDEN,
                "cof_" + PUBLIC + "." + HIDDEN + "\n"
            })
    void nothing_else_is_a_secret(String text) {
        assertThat(SecretText.parse(text)).isEmpty();
    }

    @Test
    void the_hidden_part_is_not_printed() {
        assertThat(SecretText.parse("cof_" + PUBLIC + "." + HIDDEN).orElseThrow())
                .asString()
                .doesNotContain(HIDDEN);
    }
}
