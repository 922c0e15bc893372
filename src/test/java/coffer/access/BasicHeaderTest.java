package coffer.access;

import static coffer.platform.ProblemType.AUTHENTICATION_REQUIRED;
import static coffer.platform.ProblemType.INVALID_AUTHENTICATION_ENCODING;
import static coffer.platform.ProblemType.INVALID_AUTHENTICATION_FORMAT;
import static coffer.platform.ProblemType.INVALID_CREDENTIALS_FORMAT;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.platform.ProblemType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

class BasicHeaderTest {

    private static String basic(String text) {
        return "Basic " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void refused(String header, ProblemType why) {
        assertThat(BasicHeader.parse(header)).isEqualTo(new BasicHeader.Malformed(why));
    }

    @Test
    void no_header_asks_for_one() {
        refused(null, AUTHENTICATION_REQUIRED);
        refused("", AUTHENTICATION_REQUIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abc", "Basic", "Basics YTpi", "YTpi"})
    void another_scheme_is_a_wrong_format(String header) {
        refused(header, INVALID_AUTHENTICATION_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !!!", "Basic YTpi=x", "Basic Y"})
    void what_is_not_base64_is_a_wrong_encoding(String header) {
        refused(header, INVALID_AUTHENTICATION_ENCODING);
    }

    @Test
    void no_colon_is_a_wrong_credentials_format() {
        refused(basic("nocolon"), INVALID_CREDENTIALS_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic", "basic", "BASIC", "bAsIc"})
    void the_scheme_is_matched_whatever_its_case(String scheme) {
        assertThat(BasicHeader.parse(basic("key:secret").replace("Basic", scheme)))
                .isEqualTo(new BasicHeader.Pair("key", "secret"));
    }

    @Test
    void the_first_colon_divides() {
        assertThat(BasicHeader.parse(basic("key:a:b")))
                .isEqualTo(new BasicHeader.Pair("key", "a:b"));
    }

    @Test
    void credentials_are_not_printed() {
        assertThat(BasicHeader.parse(basic("key:secret"))).asString().doesNotContain("secret");
    }
}
