package coffer.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

class TrustedProxiesTest {

    @Test
    void a_stranger_is_not_believed() {
        assertThat(client("198.51.100.7", "x-forwarded-for", "203.0.113.9"))
                .isEqualTo("198.51.100.7");
    }

    @Test
    void the_rightmost_address_that_is_no_proxy_is_the_client() {
        assertThat(client("10.0.0.1", "x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.2.3.4"))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void several_lines_of_the_header_are_one_list() {
        assertThat(client("10.0.0.1", "x-forwarded-for", "1.1.1.1", "203.0.113.9"))
                .isEqualTo("203.0.113.9");
    }

    @Test
    void a_broken_hop_ends_the_search() {
        assertThat(client("10.0.0.1", "x-forwarded-for", "203.0.113.9, unknown, 10.2.3.4"))
                .isEqualTo("10.2.3.4");
    }

    @Test
    void a_proxy_alone_is_the_client() {
        assertThat(client("10.0.0.1", "x-forwarded-for")).isEqualTo("10.0.0.1");
    }

    @Test
    void ports_and_brackets_are_left_out() {
        assertThat(client("10.0.0.1", "x-forwarded-for", "203.0.113.9:4711"))
                .isEqualTo("203.0.113.9");
        assertThat(client("2001:db8::1", "forwarded", "for=\"[2001:db9::17]:4711\";proto=https"))
                .isEqualTo("2001:db9:0:0:0:0:0:17");
    }

    @Test
    void a_name_is_never_looked_up() {
        assertThat(client("10.0.0.1", "x-forwarded-for", "localhost")).isEqualTo("10.0.0.1");
    }

    @Test
    void ranges_end_within_a_byte() {
        var range = AddressRange.parse("10.1.16.0/20");

        assertThat(
                        Stream.of("10.1.15.255", "10.1.16.0", "10.1.31.255", "10.1.32.0")
                                .map(AddressRange::parse)
                                .map(address -> range.contains(address.network())))
                .containsExactly(false, true, true, false);
    }

    private static String client(String peer, String header, String... lines) {
        var trusted = Stream.of("10.0.0.0/8", "2001:db8::/32").map(AddressRange::parse).toList();
        var settings = new HttpSettings(URI.create("http://localhost"), trusted, header);
        return new TrustedProxies(settings).clientAddress(peer, List.of(lines));
    }
}
