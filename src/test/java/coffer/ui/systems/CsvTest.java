package coffer.ui.systems;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that a spreadsheet takes for texts. */
class CsvTest {

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@sum", " =1", "\t=1", "\rx", "\n=1", "\u00a0=1"})
    void what_may_be_a_formula_becomes_a_text(String name) {
        assertThat(Csv.line(name)).startsWith("\"'");
    }

    @Test
    void fields_are_quoted_numbers_are_not_and_nothing_is_empty() {
        assertThat(Csv.line("a \"b\", c", 12L, null)).isEqualTo("\"a \"\"b\"\", c\",12,\r\n");
    }
}
