package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses lead to our pages and nowhere else. */
class AddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example/ui/systems.xhtml",
                "https://evil.example/ui/systems.xhtml",
                "/\\evil.example",
                "/ui/../api/me",
                "/ui//evil.xhtml",
                "/ui/systems.xhtml\r\nSet-Cookie: a=b",
                "/ui/systems.xhtml#@evil.example",
                "javascript:alert(1)",
                "/api/systems",
                ""
            })
    void what_is_not_a_page_of_ours_leads_home(String address) {
        assertThat(Addresses.ours(address)).isEqualTo(PageFilter.HOME);
    }

    @Test
    void a_page_of_ours_is_kept_with_its_parameters() {
        var address = "/ui/systems.xhtml?search=a%20b&state=late&page=2";

        assertThat(Addresses.ours(address)).isEqualTo(address);
    }

    @Test
    void parameters_are_encoded_and_absent_ones_left_out() {
        var address =
                Addresses.of("/ui/systems.xhtml")
                        .with("search", "<a&b=c>")
                        .with("state", null)
                        .toString();

        assertThat(address).isEqualTo("/ui/systems.xhtml?search=%3Ca%26b%3Dc%3E");
        assertThat(Addresses.ours(address)).isEqualTo(address);
    }

    @Test
    void a_notice_replaces_an_earlier_one() {
        assertThat(Addresses.noticed("/ui/system.xhtml?id=1", "pinned"))
                .isEqualTo("/ui/system.xhtml?id=1&notice=pinned");
        assertThat(Addresses.noticed("/ui/system.xhtml?id=1&notice=trashed", "pinned"))
                .isEqualTo("/ui/system.xhtml?id=1&notice=pinned");
        assertThat(Addresses.noticed("/ui/system.xhtml?notice=trashed&id=1", "pinned"))
                .isEqualTo("/ui/system.xhtml?id=1&notice=pinned");
        assertThat(Addresses.noticed("/ui/systems.xhtml", "expired"))
                .isEqualTo("/ui/systems.xhtml?notice=expired");
    }
}
