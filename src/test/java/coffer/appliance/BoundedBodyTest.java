package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.platform.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;

class BoundedBodyTest {

    private static final int MOST = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8 * 1024, 8 * 1024 + 1, MOST - 1, MOST})
    void a_body_up_to_the_bound_is_read_whole(int length) throws IOException {
        var body = new byte[length];
        java.util.Arrays.fill(body, (byte) 'x');

        assertThat(BoundedBody.read(new ByteArrayInputStream(body), MOST)).isEqualTo(body);
    }

    @Test
    void one_byte_more_is_refused() {
        var body = new ByteArrayInputStream(new byte[MOST + 1]);

        assertThatThrownBy(() -> BoundedBody.read(body, MOST))
                .isInstanceOf(Problem.class)
                .hasMessage("request body too large");
    }
}
