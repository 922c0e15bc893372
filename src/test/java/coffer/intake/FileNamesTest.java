package coffer.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;

class FileNamesTest {

    private static final UUID ID = UUID.fromString("019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b");

    @Test
    void only_the_text_after_the_last_slash_of_either_kind_is_a_name() {
        assertThat(FileNames.safe("../../etc/passwd", ID)).isEqualTo("passwd");
        assertThat(FileNames.safe("C:\\backup\\night.tar.gz", ID)).isEqualTo("night.tar.gz");
    }

    @Test
    void every_character_outside_the_alphabet_becomes_an_underscore() {
        assertThat(FileNames.safe("a b\r\nX-Evil: 1\"é.gpg", ID)).isEqualTo("a_b__X-Evil__1__.gpg");
    }

    @Test
    void a_name_is_at_most_255_characters_and_keeps_its_end() {
        assertThat(FileNames.safe("x".repeat(400) + ".tar.gz", ID))
                .hasSize(255)
                .endsWith(".tar.gz");
    }

    @Test
    void no_name_at_all_is_named_after_the_backup() {
        assertThat(FileNames.safe(null, ID)).isEqualTo("backup-" + ID);
        assertThat(FileNames.safe("folder/", ID)).isEqualTo("backup-" + ID);
    }

    @Test
    void a_media_type_is_a_plain_pair_or_octet_stream() {
        assertThat(FileNames.mediaType("application/gzip")).isEqualTo("application/gzip");
        assertThat(FileNames.mediaType("text/html; charset=utf-8"))
                .isEqualTo("application/octet-stream");
        assertThat(FileNames.mediaType("x")).isEqualTo("application/octet-stream");
        assertThat(FileNames.mediaType(null)).isEqualTo("application/octet-stream");
        assertThat(FileNames.mediaType("a/b\r\nX: y")).isEqualTo("application/octet-stream");
    }
}
