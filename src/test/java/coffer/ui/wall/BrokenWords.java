package coffer.ui.wall;

import coffer.ui.Chromium;

import java.util.List;

/**
 * Words of ours that stand on two lines, or are cut off: a column or a button has become too narrow
 * for its text. Names and ids, which may be of any length, are left out.
 */
final class BrokenWords {

    private static final String BROKEN =
            """
            const broken = new Set();
            const shown = one => one.checkVisibility() && !one.closest('script, style, bdi, code, pre, .unseen, option')
                && !(one.closest('thead')?.getBoundingClientRect().width <= 1);
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {
                const node = walker.currentNode;
                const parent = node.parentElement;
                if (!shown(parent)) {
                    continue;
                }
                for (const word of node.textContent.matchAll(/[\\p{L}\\p{N}]{2,20}/gu)) {
                    const range = document.createRange();
                    range.setStart(node, word.index);
                    range.setEnd(node, word.index + word[0].length);
                    const lines = new Set([...range.getClientRects()].map(one => Math.round(one.top)));
                    if (lines.size > 1) {
                        broken.add(word[0] + ' in ' + node.textContent.trim().slice(0, 60));
                    }
                }
            }
            for (const one of document.querySelectorAll('button, .button, .badge, .tile, .chip, th, td, dd')) {
                if (shown(one) && getComputedStyle(one).display !== 'inline' && one.scrollWidth > one.clientWidth + 1) {
                    broken.add('cut off: ' + one.outerHTML.slice(0, 120));
                }
            }
            return [...broken];
            """;

    private BrokenWords() {}

    static List<String> in(Chromium browser) {
        return ((List<?>) browser.script(BROKEN)).stream().map(String::valueOf).toList();
    }
}
