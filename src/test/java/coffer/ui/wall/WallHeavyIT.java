package coffer.ui.wall;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;
import coffer.ui.wall.DemoSite.Who;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every page over the demo's data for every role, language, scheme and width. Each test is one role
 * in one language, so that it can be run by itself: 25, 41 or 53 pages, each looked at in twelve
 * ways, in one to three minutes after the minute that the demo takes.
 */
class WallHeavyIT {

    /** Files, and stops on the way to somewhere else. */
    private static final Set<String> NO_PAGES =
            Set.of("download", "receipt", "systems-csv", "provider", "signed-out");

    private final DemoSite demo = DemoSite.shared();

    @Test
    void the_owner_sees_every_page_in_english() throws IOException {
        walk(Who.OWNER, "en");

        var seen =
                WallPages.of(demo, Who.OWNER).stream()
                        .map(one -> one.path().replaceAll("^/ui/|\\.xhtml.*", ""))
                        .collect(Collectors.toSet());
        try (var files = Files.list(Checkout.root().resolve("src/main/webapp/ui"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".xhtml", "")))
                    .filteredOn(view -> !NO_PAGES.contains(view) && !view.equals("sign-in"))
                    .allSatisfy(view -> assertThat(seen).contains(view));
        }
    }

    @Test
    void the_owner_sees_every_page_in_italian() {
        walk(Who.OWNER, "it");
    }

    @Test
    void an_administrator_of_a_reseller_sees_every_page_in_english() {
        walk(Who.ADMIN, "en");
    }

    @Test
    void an_administrator_of_a_reseller_sees_every_page_in_italian() {
        walk(Who.ADMIN, "it");
    }

    @Test
    void a_reader_sees_every_page_in_english() {
        walk(Who.READER, "en");
    }

    @Test
    void a_reader_sees_every_page_in_italian() {
        walk(Who.READER, "it");
    }

    private void walk(Who who, String language) {
        demo.site()
                .sql(
                        "update account set locale = '%s' where username = '%s'"
                                .formatted(language, demo.username(who)));
        List<String> wrong;
        var begun = System.nanoTime();
        try (var browser = demo.browser()) {
            var gallery = new Gallery(browser, language);
            if (language.equals("it")) {
                browser.open("/ui/sign-in.xhtml");
                browser.go("[id='frame:other']"); // The browser itself speaks English.
            }
            gallery.hang("/ui/sign-in.xhtml", "wall-" + language + "-sign-in");
            browser.signIn(demo.username(who), DemoSite.PASSWORD);
            var pages = WallPages.of(demo, who);
            for (var page : pages) {
                gallery.hang(
                        page.path(),
                        "wall-" + language + "-" + page.name() + "-" + demo.username(who));
            }
            wrong = gallery.wrong();
            System.out.printf(
                    "%s in %s: %d pages, %d looks, %d s%n",
                    demo.username(who),
                    language,
                    pages.size() + 1,
                    gallery.looks(),
                    (System.nanoTime() - begun) / 1_000_000_000);
        }

        assertThat(wrong).isEmpty();
    }
}
