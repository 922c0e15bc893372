package coffer.fleet.backups;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

class DownloadNameTest {

    private static final Instant TIME = Instant.parse("2026-06-05T09:00:23.999999Z");

    @ParameterizedTest
    @CsvSource({
        "backup-2026-06-05.tar, .bin, backup-2026-06-05_09-00-23.tar",
        "dump.json.gz.gpg, .gpg, dump_2026-06-05_09-00-23.json.gz.gpg",
        "config, .bin, config_2026-06-05_09-00-23.bin",
        "config., .gpg, config_2026-06-05_09-00-23.gpg",
        ".hidden, .bin, backup_2026-06-05_09-00-23.hidden",
        "nightly_2026-06-04, .tar.gz, nightly_2026-06-04_09-00-23.tar.gz",
        "backup-0192.2026-06-05, .bin, backup-0192_2026-06-05_09-00-23.2026-06-05",
    })
    void a_name_is_split_at_its_first_dot_and_gets_the_time(
            String filename, String extension, String expected) {
        assertThat(DownloadName.of(filename, extension, TIME)).isEqualTo(expected);
    }
}
