package coffer.ui.wall;

import coffer.ui.Chromium;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;

/** Texts on a page that belong to the other language, or to none: keys without a text. */
final class ForeignTexts {

    /** Each text of the page by itself, names of things and code left out. */
    private static final String TEXTS =
            """
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const texts = new Set();
            while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                if (!parent.closest('script, style, bdi, code, pre, [lang]:not(html)')) {
                    texts.add(walker.currentNode.textContent.trim());
                }
            }
            for (const one of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
                for (const name of ['aria-label', 'title', 'placeholder']) {
                    if (one.hasAttribute(name)) { texts.add(one.getAttribute(name).trim()); }
                }
            }
            return [...texts].filter(text => text.length > 0);
            """;

    private final Set<String> foreign;

    ForeignTexts(String language) {
        foreign = new HashSet<>(texts(language.equals("it") ? "en" : "it"));
        foreign.removeAll(texts(language));
    }

    List<String> in(Chromium browser) {
        return ((List<?>) browser.script(TEXTS))
                .stream()
                        .map(String::valueOf)
                        .filter(text -> foreign.contains(text) || text.contains("???"))
                        .toList();
    }

    private static Set<String> texts(String language) {
        var all = new Properties();
        for (var bundle : List.of("pages", "messages")) {
            try (var stream =
                    ForeignTexts.class.getResourceAsStream(
                            "/coffer/ui/" + bundle + "_" + language + ".properties")) {
                all.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        var texts = new HashSet<String>();
        all.values().forEach(text -> texts.add(text.toString().strip().replace("''", "'")));
        return texts;
    }
}
