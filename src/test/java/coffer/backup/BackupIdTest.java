package coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

class BackupIdTest {

    private static final String UUID7 = "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b";

    @Test
    void an_id_is_a_uuid_of_version_7_and_a_known_extension() {
        assertThat(BackupId.parse(UUID7 + ".tar.gz"))
                .map(BackupId::toString)
                .contains(UUID7 + ".tar.gz");
    }

    @Test
    void an_id_in_upper_case_is_the_same_id() {
        assertThat(BackupId.parse((UUID7 + ".gpg").toUpperCase(java.util.Locale.ROOT)))
                .isEqualTo(BackupId.parse(UUID7 + ".gpg"));
    }

    @Test
    void anything_else_is_no_id() {
        var wrong =
                List.of(
                        "",
                        UUID7,
                        UUID7 + ".exe",
                        "../" + UUID7 + ".bin",
                        UUID7 + ".bin/..",
                        UUID7 + ".bin\r\nX: y",
                        UUID7 + ".bin ",
                        "019372c1-2b1f-4c3a-9f00-5b1e0d9c1a2b.bin",
                        UUID7 + ".tar.gz.gpg",
                        "x".repeat(10_000),
                        UUID7 + "%2ebin",
                        UUID7 + ".bi\u0307n");

        assertThat(wrong).allSatisfy(text -> assertThat(BackupId.parse(text)).isEmpty());
    }

    @Test
    void the_last_known_suffix_is_the_extension() {
        assertThat(
                        List.of(
                                        "x.tar.gz.gpg",
                                        "X.TAR.GZ",
                                        "a.tar.xz",
                                        "a.tar.bz2",
                                        "a.tar.zst",
                                        "a.txt",
                                        "a",
                                        ".gpg")
                                .stream()
                                .map(BackupId::extensionOf))
                .containsExactly(
                        ".gpg",
                        ".tar.gz",
                        ".tar.xz",
                        ".tar.bz2",
                        ".tar.zst",
                        ".bin",
                        ".bin",
                        ".gpg");
    }
}
