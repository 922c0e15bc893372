package coffer.legacy.pairs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairFileTest {

    private static final String HEADING = "system_id,secret,system\n";
    private static final String SECRET = "0123456789abcdef";

    @ParameterizedTest
    @ValueSource(
            strings = {
                HEADING + "a," + SECRET + ",NETH-1\n",
                "\ufeffsystem_id;secret;system\r\na;" + SECRET + ";NETH-1\r\n\r\n",
                "\"system_id\",\"secret\",\"system\"\n\"a\", \"" + SECRET + "\" , NETH-1"
            })
    void a_file_is_read_as_programs_write_it(String text) {
        var file = PairFile.parse(text);

        assertThat(file.errors()).isEmpty();
        var line = file.lines().getFirst();
        assertThat(line.number()).isEqualTo(2);
        assertThat(line.legacyId()).isEqualTo("a");
        assertThat(line.secret().reveal()).isEqualTo(SECRET);
        assertThat(line.system()).isEqualTo("NETH-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,0123456789abcdef | must have three columns",
                "a b,0123456789abcdef,NETH-1 | system_id must match [A-Za-z0-9._-]{1,64}",
                "a,short,NETH-1 | secret must have 16 to 200 characters, no blanks",
                "a,0123456789 abcdef,NETH-1 | secret must have 16 to 200 characters, no blanks",
                "a,0123456789abcdef,x/y | system must be the key or the id of a system"
            })
    void a_bad_line_is_named_and_its_secret_is_not(String line, String message) {
        var errors = PairFile.parse(HEADING + line).errors();

        assertThat(errors).hasSize(1);
        assertThat(errors.getFirst().number()).isEqualTo(2);
        assertThat(errors.getFirst().message()).isEqualTo(message);
        assertThat(errors.getFirst().value()).doesNotContain("0123");
    }

    @Test
    void what_comes_twice_is_named() {
        var errors =
                PairFile.parse(
                                HEADING
                                        + "a,0123456789abcdef,x\na,fedcba9876543210,y\n"
                                        + "b,0123456789abcdef,z\n")
                        .errors();

        assertThat(errors)
                .extracting(PairFile.LineError::number, PairFile.LineError::message)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(3, "system_id comes twice"),
                        org.assertj.core.groups.Tuple.tuple(4, "secret comes twice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a,b,c", "secret,system_id,system", HEADING})
    void without_heading_or_pairs_nothing_is_read(String text) {
        var file = PairFile.parse(text);

        assertThat(file.lines()).isEmpty();
        assertThat(file.errors()).hasSize(1);
    }

    @Test
    void a_file_of_too_many_pairs_is_refused_whole() {
        var file = PairFile.parse(HEADING + "a,b,c\n".repeat(PairFile.MOST_LINES + 1));

        assertThat(file.lines()).isEmpty();
        assertThat(file.errors()).hasSize(1);
    }
}
