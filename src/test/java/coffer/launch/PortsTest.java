package coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.net.InetAddress;
import java.net.ServerSocket;

class PortsTest {

    @Test
    void a_taken_port_names_the_setting_that_moves_it() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            Ports.claim(other.getLocalPort(), "Redis", "coffer.launch.redis-port"))
                    .hasMessageContaining("port " + other.getLocalPort())
                    .hasMessageContaining("./mvnw -Dcoffer.launch.redis-port=<port>");
        }
    }

    @Test
    void a_port_is_given_out_once() {
        var first = Ports.free();
        var second = Ports.free();

        assertThat(first).isNotEqualTo(second);
    }
}
