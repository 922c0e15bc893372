package coffer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.JavaFormatterOptions.Style;
import com.google.googlejavaformat.java.RemoveUnusedImports;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One layout for all sources: google-java-format in its AOSP style, four spaces and no opinion of
 * ours.
 */
class FormattingTest {

    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(Style.AOSP).build());

    /** Repairs what the test complains of; {@code ./mvnw -Pformat process-test-classes} runs it. */
    public static void main(String[] arguments) throws Exception {
        for (var file : sources()) {
            var text = Files.readString(file);
            var tidy = tidy(text);
            if (!text.equals(tidy)) {
                Files.writeString(file, tidy);
                System.out.println("formatted " + file);
            }
        }
    }

    @Test
    void every_source_has_the_layout_of_google_java_format() throws Exception {
        var untidy = new ArrayList<Path>();

        for (var file : sources()) {
            var text = Files.readString(file);
            if (!text.equals(tidy(text))) {
                untidy.add(file);
            }
        }

        assertThat(untidy)
                .as("run ./mvnw -Pformat process-test-classes, which repairs these")
                .isEmpty();
    }

    private static String tidy(String text) throws FormatterException {
        var ordered = ImportOrderer.reorderImports(text, Style.AOSP);
        return FORMATTER.formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    }

    private static List<Path> sources() throws IOException {
        var files = new ArrayList<Path>();
        for (var tree : List.of("src/main/java", "src/test/java")) {
            try (Stream<Path> walk = Files.walk(Path.of(tree))) {
                walk.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
            }
        }
        return files;
    }
}
