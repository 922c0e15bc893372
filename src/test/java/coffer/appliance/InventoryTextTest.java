package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

class InventoryTextTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{\"a\":\"\\u0000\"}, {\"a\":\"\\ufffd\"}",
                "{\"a\":\"\\\\u0000\"}, {\"a\":\"\\\\u0000\"}",
                "{\"a\":\"\\\\\\u0000\"}, {\"a\":\"\\\\\\ufffd\"}",
                "{\"a\":\"\\ud83d\\ude00\"}, {\"a\":\"\\ud83d\\ude00\"}",
                "{\"a\":\"\\ud83dx\"}, {\"a\":\"\\ufffdx\"}",
                "{\"a\":\"\\ude00\\ud83d\"}, {\"a\":\"\\ufffd\\ufffd\"}",
                "{\"a\":\"\\u00e9\\n\"}, {\"a\":\"\\u00e9\\n\"}"
            })
    void escapes_that_cannot_be_kept_are_replaced(String sent, String kept) {
        var text = sent.getBytes(StandardCharsets.UTF_8);

        InventoryText.makeStorable(text);

        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo(kept);
    }
}
