package coffer.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

class BodyDrainTest {

    @Test
    void it_takes_what_was_declared_and_not_a_byte_of_what_follows() {
        var body = new ByteArrayInputStream(new byte[200_000]);

        BodyDrain.drain(body, 150_000);

        assertThat(body.available()).isEqualTo(50_000);
    }

    @Test
    void it_ends_with_a_body_that_ends_early() {
        var body = new ByteArrayInputStream(new byte[10]);

        BodyDrain.drain(body, Long.MAX_VALUE);

        assertThat(body.available()).isZero();
    }

    @Test
    void a_client_that_is_gone_is_no_fault() {
        var gone =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("reset");
                    }
                };

        assertThatCode(() -> BodyDrain.drain(gone, 10)).doesNotThrowAnyException();
    }
}
