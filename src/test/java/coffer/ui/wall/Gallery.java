package coffer.ui.wall;

import coffer.ui.Chromium;
import coffer.ui.Judge;

import java.util.ArrayList;
import java.util.List;

/** Looks at a page at every width in both schemes, keeps a picture of each, and counts them. */
final class Gallery {

    private static final List<Integer> SHOWN = List.of(768, 961, 1000, 2560);
    private static final List<Integer> JUDGED = List.of(360, 1440);

    private final Chromium browser;
    private final Judge judge;
    private final ForeignTexts foreign;
    private final List<String> wrong = new ArrayList<>();
    private int looks;

    Gallery(Chromium browser, String language) {
        this.browser = browser;
        judge = new Judge(browser);
        foreign = new ForeignTexts(language);
    }

    /** A page that whoever looks is not led away from. */
    void hang(String path, String name) {
        browser.open(path);
        for (var scheme : List.of("light", "dark")) {
            for (var width : SHOWN) {
                judge.show(name, width, scheme);
                broken(name + "-" + width);
            }
            for (var width : JUDGED) {
                judge.look(name, width, scheme);
                broken(name + "-" + width);
            }
        }
        foreign.in(browser).forEach(text -> wrong.add(name + " says " + text));
        browser.complaints().forEach(complaint -> wrong.add(name + " " + complaint));
        if (!browser.path().equals(path)) {
            wrong.add(name + " was led to " + browser.path());
        }
    }

    private void broken(String name) {
        looks++;
        BrokenWords.in(browser).forEach(word -> wrong.add(name + " breaks " + word));
    }

    /** How often a page was looked at. */
    int looks() {
        return looks;
    }

    /** What is wrong, a line each. */
    List<String> wrong() {
        var all = new ArrayList<>(judge.wrong());
        all.addAll(wrong);
        return all.stream().distinct().toList();
    }
}
