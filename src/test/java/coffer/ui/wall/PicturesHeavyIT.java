package coffer.ui.wall;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;
import coffer.ui.wall.DemoSite.Who;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pictures of the documentation, made from the demo. They are written to {@code docs/pictures}
 * with {@code -Dcoffer.doc.write=true}, else to {@code target/pictures}: they show ages and ids, so
 * two runs never make the same.
 */
class PicturesHeavyIT {

    /** As {@code DocsTest} has it. */
    private static final int MOST_BYTES = 120 * 1024;

    private static final int WIDTH = 1000;

    /** The height of each; the page is cut there. */
    private static final Map<String, Integer> HEIGHTS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("overview", 900),
                            Map.entry("systems", 720),
                            Map.entry("system", 820),
                            Map.entry("system-backups", 780),
                            Map.entry("system-reassign", 700),
                            Map.entry("system-destroy", 670),
                            Map.entry("organizations", 700),
                            Map.entry("organization-customer", 900),
                            Map.entry("simulator-two", 900),
                            Map.entry("run", 820),
                            Map.entry("alerts", 620),
                            Map.entry("purge", 700)));

    private final DemoSite demo = DemoSite.shared();

    @ParameterizedTest
    @ValueSource(strings = {"en", "it"})
    void every_picture_is_made_and_small(String language) throws IOException {
        var folder =
                Checkout.root()
                        .resolve(Boolean.getBoolean("coffer.doc.write") ? "docs" : "target")
                        .resolve("pictures")
                        .resolve(language);
        Files.createDirectories(folder);
        demo.site()
                .sql(
                        "update account set locale = '%s' where username = '%s'"
                                .formatted(language, demo.username(Who.OWNER)));
        try (var browser = demo.browser()) {
            browser.look(WIDTH, "light");
            browser.signIn(demo.username(Who.OWNER), DemoSite.PASSWORD);
            for (var page : WallPages.of(demo, Who.OWNER)) {
                var height = HEIGHTS.get(page.name());
                if (height != null) {
                    browser.open(page.path());
                    Files.write(folder.resolve(page.name() + ".png"), browser.upper(height));
                }
            }
        }

        assertThat(pictures(folder)).hasSameSizeAs(HEIGHTS.keySet());
        assertThat(pictures(folder))
                .allSatisfy(one -> assertThat(Files.size(one)).isLessThan(MOST_BYTES));
    }

    private static List<Path> pictures(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }
}
