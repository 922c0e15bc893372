package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.people.Ending;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every text of the pages is in both bundles, and nowhere else. */
class MessagesTest {

    private static final Path BUNDLES = Path.of("src/main/resources/coffer/ui");
    private static final Path VIEWS = Path.of("src/main/webapp");

    private static final Pattern USED = Pattern.compile("msg\\['([a-z0-9.-]+)'\\]");
    private static final Pattern WITH = Pattern.compile("words\\.with\\('([a-z0-9.-]+)'");
    private static final Pattern ARGUMENT = Pattern.compile("\\{(\\d)");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
    private static final Pattern EXPRESSION = Pattern.compile("(?s)#\\{.*?\\}");
    private static final Pattern BETWEEN = Pattern.compile(">([^<>]*\\p{L}{2}[^<>]*)<");
    private static final Pattern SHOWN =
            Pattern.compile(
                    "\\b(?:title|alt|placeholder|aria-label|label|header)=\"([^\"]*\\p{L}{2}[^\"]*)\"");

    /** Names, which are the same in every language. */
    private static final List<String> NAMES = List.of("Coffer", "· Coffer");

    @Test
    void both_languages_have_the_same_texts_with_the_same_arguments() throws IOException {
        var english = bundle("en");
        var italian = bundle("it");

        assertThat(italian.stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(english.stringPropertyNames());
        for (var key : english.stringPropertyNames()) {
            assertThat(arguments(italian.getProperty(key)))
                    .as(key)
                    .isEqualTo(arguments(english.getProperty(key)));
            assertThat(english.getProperty(key) + italian.getProperty(key))
                    .as(key)
                    .doesNotContain("'");
            assertThat(italian.getProperty(key)).as(key).isNotBlank();
        }
    }

    @Test
    void the_sign_in_page_can_say_why_any_session_ended() throws IOException {
        var known = bundle("en").stringPropertyNames();

        for (var why : Ending.values()) {
            assertThat(known).contains("notice.ended-" + why.name().toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void what_a_view_asks_for_is_there() throws IOException {
        var known = bundle("en").stringPropertyNames();

        for (var view : views()) {
            var text = Files.readString(view);
            for (var pattern : List.of(USED, WITH)) {
                pattern.matcher(text)
                        .results()
                        .forEach(found ->
                                assertThat(known).as(view.toString()).contains(found.group(1)));
            }
        }
    }

    @Test
    void no_text_stands_in_a_view_itself() throws IOException {
        var stray = new ArrayList<String>();

        for (var view : views()) {
            var text = COMMENT.matcher(Files.readString(view)).replaceAll("");
            text = EXPRESSION.matcher(text).replaceAll("");
            for (var pattern : List.of(BETWEEN, SHOWN)) {
                pattern.matcher(text)
                        .results()
                        .map(found -> found.group(1).strip())
                        .filter(found -> !NAMES.contains(found))
                        .forEach(found -> stray.add(view.getFileName() + ": " + found));
            }
        }

        assertThat(stray).isEmpty();
    }

    /** State would come with a session, and a session with a node. */
    @Test
    void every_view_is_without_state() throws IOException {
        try (var views = Files.list(VIEWS.resolve("ui"))) {
            for (var view : views.toList()) {
                assertThat(Files.readString(view))
                        .containsAnyOf(
                                "template=\"/WEB-INF/ui/frame.xhtml\"", "transient=\"true\"");
            }
        }
        assertThat(Files.readString(VIEWS.resolve("WEB-INF/ui/frame.xhtml")))
                .contains("transient=\"true\"");
    }

    /** What a browser has to fetch before it paints, beyond the libraries. */
    @Test
    void our_styles_and_scripts_are_small() throws IOException {
        var sum = 0L;
        try (var files = Files.list(VIEWS.resolve("resources/coffer"))) {
            for (var file : files.toList()) {
                sum += Files.size(file);
            }
        }
        assertThat(sum).isBetween(1L, 100_000L);
    }

    private static List<Path> views() throws IOException {
        try (Stream<Path> files = Files.walk(VIEWS)) {
            return files.filter(file -> file.toString().endsWith(".xhtml")).toList();
        }
    }

    private static TreeSet<String> arguments(String text) {
        var arguments = new TreeSet<String>();
        ARGUMENT.matcher(text).results().forEach(found -> arguments.add(found.group(1)));
        return arguments;
    }

    private static Properties bundle(String language) throws IOException {
        var properties = new Properties();
        properties.load(
                new StringReader(
                        Files.readString(BUNDLES.resolve("pages_" + language + ".properties"))));
        return properties;
    }
}
