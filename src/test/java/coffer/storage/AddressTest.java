package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

class AddressTest {

    private static final String SYSTEM = "01932f0a-7c3e-7abc-8def-0123456789ab";
    private static final String BACKUP = "01932f0a-7c3e-7abc-8def-0123456789cd";

    @Test
    void its_text_reads_back_as_the_same() {
        var address = new Address("inst-1", UUID.fromString(SYSTEM), UUID.fromString(BACKUP));

        assertThat(address.text()).isEqualTo("inst-1/systems/" + SYSTEM + "/" + BACKUP);
        assertThat(Address.parse(address.text())).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inst-1",
                "inst-1/systems/",
                "inst-1/systems/" + SYSTEM + "/" + BACKUP + "/",
                "../systems/" + SYSTEM + "/" + BACKUP,
                "inst-1//systems/" + SYSTEM + "/" + BACKUP,
                "INST-1/systems/" + SYSTEM + "/" + BACKUP,
                "inst-1/systems/" + SYSTEM + "/x",
                "inst-1/probe/" + SYSTEM + "-plain",
                "a/inst-1/systems/" + SYSTEM + "/" + BACKUP
            })
    void a_text_that_is_no_address_is_refused(String text) {
        assertThat(Address.find(text)).isEmpty();
        assertThatThrownBy(() -> Address.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_installation_cannot_reach_outside_its_folder() {
        assertThatThrownBy(() -> new Address("a/b", UUID.randomUUID(), UUID.randomUUID()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
