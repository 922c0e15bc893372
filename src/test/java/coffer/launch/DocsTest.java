package coffer.launch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The documentation holds together, and says what the build does. */
class DocsTest {

    private static final Path ROOT = Checkout.root();
    private static final List<String> BUILT = List.of("target", ".coffer", ".git");

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern PICTURE = Pattern.compile("!\\[[^\\]]+]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern CONSOLE = Pattern.compile("(?ms)^```sh\n(.*?)^```$");
    private static final Pattern PART = Pattern.compile("^(#{1,6} |\\||!\\[)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

    /** Somebody's home, a Windows drive, a work folder, a mirror's host. */
    private static final Pattern PRIVATE =
            Pattern.compile(
                    "(?<![\\w./-])/(home|root|Users|work|opt/jdk)/|\\b[A-Z]:\\\\|"
                            + "https?://[^\\s/]*(nexus|artifactory|registry|mirror|proxy\\.)");

    @Test
    void english_and_italian_have_the_same_pages() {
        assertThat(pages("docs/it")).isNotEmpty().isEqualTo(pages("docs/en"));
    }

    /** Headings by their depth, rows of tables, pictures, and every example to the letter. */
    @Test
    void an_italian_page_has_what_its_english_one_has() {
        for (var name : pages("docs/en")) {
            var english = ROOT.resolve("docs/en").resolve(name);
            var italian = ROOT.resolve("docs/it").resolve(name);

            assertThat(outline(italian)).as(name).isEqualTo(outline(english));
            assertThat(matches(FENCED, text(italian)).stream().map(MatchResult::group))
                    .as(name)
                    .containsExactlyElementsOf(
                            matches(FENCED, text(english)).stream()
                                    .map(MatchResult::group)
                                    .toList());
        }
    }

    @Test
    void every_relative_link_leads_somewhere() {
        var broken = new ArrayList<String>();

        for (var page : markdown(ROOT)) {
            matches(LINK, withoutCode(page)).stream()
                    .map(link -> link.group(1))
                    .filter(target -> !target.matches("[a-z]+:.*") && !resolves(page, target))
                    .forEach(target -> broken.add(ROOT.relativize(page) + ": " + target));
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void every_picture_is_shown_in_its_language_and_none_is_left_over() throws IOException {
        for (var language : List.of("en", "it")) {
            var shown = new TreeSet<String>();
            for (var page : markdown(ROOT.resolve("docs").resolve(language))) {
                matches(PICTURE, text(page)).stream()
                        .map(picture -> page.resolveSibling(picture.group(1)).normalize())
                        .forEach(picture ->
                                shown.add(
                                        ROOT.resolve("docs/pictures")
                                                .relativize(picture)
                                                .toString()
                                                .replace('\\', '/')));
            }

            assertThat(shown).isEqualTo(pictures(language));
        }
        assertThat(pictures("it").stream().map(one -> one.replace("it/", "en/")))
                .containsExactlyElementsOf(pictures("en"));
    }

    @Test
    void pictures_are_few_and_small() throws IOException {
        var folder = ROOT.resolve("docs/pictures");
        var all = new TreeSet<>(pictures("en"));
        all.addAll(pictures("it"));

        assertThat(all).hasSizeBetween(1, 25);
        for (var one : all) {
            assertThat(Files.size(folder.resolve(one))).as(one).isLessThan(120 * 1024);
        }
    }

    @Test
    void the_readme_has_two_commands_the_launcher_and_the_one_that_ci_runs() {
        var commands =
                matches(CONSOLE, text(ROOT.resolve("README.md"))).stream()
                        .flatMap(block -> block.group(1).lines())
                        .filter(line -> line.startsWith("./mvnw"))
                        .toList();

        assertThat(commands).containsExactly("./mvnw", "./mvnw verify");
        assertThat(text(ROOT.resolve("pom.xml")))
                .containsPattern("<defaultGoal>[^<]*@launch</defaultGoal>")
                .contains("<argument>" + Launcher.class.getName() + "</argument>");
        assertThat(text(ROOT.resolve(".ci/run"))).containsPattern("(?m)^\\./mvnw( -\\S+)* verify$");
    }

    @Test
    void the_readme_shows_the_round_trip_that_the_launcher_prints() {
        var printed =
                Guide.roundTrip(
                                "http://127.0.0.1:9080",
                                new Seed.Firewall(null, "<system_key>", "<system_secret>"))
                        .lines()
                        .dropWhile(line -> !line.startsWith("COFFER="))
                        .filter(line -> !line.isBlank());

        assertThat(text(ROOT.resolve("README.md"))).contains(printed.toList());
    }

    @Test
    void every_decision_has_a_number_of_its_own_and_is_in_the_index() {
        var index = text(ROOT.resolve("docs/adr/README.md"));
        var decisions =
                markdown(ROOT.resolve("docs/adr")).stream()
                        .map(page -> page.getFileName().toString())
                        .filter(name -> !name.equals("README.md"))
                        .toList();

        assertThat(decisions)
                .isNotEmpty()
                .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
        assertThat(decisions.stream().map(name -> name.substring(0, 4))).doesNotHaveDuplicates();
    }

    @Test
    void no_page_names_a_namedfolder_or_a_registrys_host() {
        var named = new ArrayList<String>();

        for (var page : markdown(ROOT)) {
            matches(PRIVATE, text(page))
                    .forEach(found -> named.add(ROOT.relativize(page) + ": " + found.group()));
        }

        assertThat(named).isEmpty();
    }

    private static SortedSet<String> pictures(String language) throws IOException {
        var folder = ROOT.resolve("docs/pictures");
        try (var files = Files.walk(folder.resolve(language))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean resolves(Path page, String target) {
        var parts = target.split("#", 2);
        var file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return file.startsWith(ROOT)
                && Files.exists(file)
                && (parts.length == 1 || anchors(file).contains(parts[1]));
    }

    /** What a page is made of, a word for each heading, row and picture. */
    private static List<String> outline(Path page) {
        return FENCED.matcher(text(page))
                .replaceAll("")
                .lines()
                .map(line -> matches(PART, line))
                .filter(found -> !found.isEmpty())
                .map(found -> found.getFirst().group())
                .toList();
    }

    /** Headings as a forge makes anchors of them. */
    private static SortedSet<String> anchors(Path page) {
        return matches(HEADING, withoutCode(page)).stream()
                .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> pages(String folder) {
        var base = ROOT.resolve(folder);
        return markdown(base).stream()
                .map(page -> base.relativize(page).toString().replace('\\', '/'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Path> markdown(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !BUILT.contains(ROOT.relativize(file).getName(0).toString()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String withoutCode(Path page) {
        return FENCED.matcher(text(page)).replaceAll("").replaceAll("`[^`\n]*`", "");
    }

    private static List<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results().toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
