package coffer.ui.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class LicencesTest {

    @Test
    void the_licence_of_every_library_in_the_war_is_known() throws IOException {
        try (var files = Files.list(Path.of("target/coffer/WEB-INF/lib"))) {
            for (var file : files.toList()) {
                var part = Licences.part(file.getFileName().toString());

                assertThat(part.licence()).as(part.name()).isNotEqualTo(Licences.UNKNOWN);
                assertThat(part.version()).as(part.name()).isNotEqualTo(Licences.UNKNOWN);
            }
        }
    }

    @Test
    void the_version_is_that_of_the_build() {
        assertThat(Licences.version()).matches("\\d+\\.\\d+\\.\\d+.*");
    }
}
