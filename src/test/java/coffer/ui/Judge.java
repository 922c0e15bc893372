package coffer.ui;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a page at two widths: axe, the console, sideways scrolling; keeps pictures. The narrow
 * one is light in English and dark in Italian, the wide one the other way round, so a page that is
 * looked at in both languages has been seen in each.
 */
public final class Judge {

    private final Chromium browser;
    private final List<String> wrong = new ArrayList<>();

    public Judge(Chromium browser) {
        this.browser = browser;
    }

    /** What is wrong so far, a line each. */
    public List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** Opens a page and looks at it. */
    void open(String path, String name) {
        browser.open(path);
        look(name);
    }

    /** Looks at the page that is open. */
    void look(String page) {
        var italian = (boolean) browser.script("return document.documentElement.lang === 'it'");
        look(page, 360, italian ? "dark" : "light");
        look(page, 1440, italian ? "light" : "dark");
        browser.complaints().forEach(complaint -> wrong.add(page + " " + complaint));
    }

    /** Looks at it at one width in one scheme. */
    public void look(String page, int width, String scheme) {
        var name = show(page, width, scheme);
        var barriers = browser.barriers();
        if (!barriers.isEmpty()) {
            wrong.add(name + " " + barriers);
        }
    }

    /** Keeps a picture, and is content with a page that does not scroll sideways. */
    public String show(String page, int width, String scheme) {
        browser.look(width, scheme);
        var name = page + "-" + width + "-" + scheme;
        browser.picture(name);
        if (browser.scrollsSideways()) {
            wrong.add(name + " scrolls sideways");
        }
        return name;
    }
}
