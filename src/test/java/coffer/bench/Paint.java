package coffer.bench;

import coffer.launch.Node;
import coffer.launch.People;
import coffer.ui.Chromium;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a browser sees of the main pages with nothing in its cache: the first paint, how many
 * requests there were, and whether one of them was found only in the answer to another.
 */
final class Paint {

    static final Set<String> SHOWN =
            Set.of(
                    "overview",
                    "systems",
                    "system",
                    "system: backups",
                    "system: inventory",
                    "system: history",
                    "organizations",
                    "own organization",
                    "people",
                    "simulator of a system",
                    "jobs",
                    "run",
                    "alerts",
                    "purges",
                    "storage",
                    "about",
                    "search fw-12");

    private static final int TIMES = 10;
    private static final double GOAL_MS = 1_000;

    /** Requests that the document itself does not name were found in something it named. */
    private static final String LOOK =
            """
            const html = document.documentElement.outerHTML.replaceAll('&amp;', '&');
            const all = performance.getEntriesByType('resource');
            const page = performance.getEntriesByType('navigation')[0];
            const own = all.filter(one => one.name.includes('ln=coffer'));
            const late = all.filter(one => !html.includes(new URL(one.name).pathname));
            return [performance.getEntriesByType('paint').find(one => one.name === 'first-contentful-paint').startTime,
                    page.responseEnd, page.loadEventEnd, 1 + all.length, late.length,
                    own.reduce((sum, one) => sum + one.decodedBodySize, 0),
                    all.reduce((sum, one) => sum + one.decodedBodySize, 0), page.decodedBodySize].map(Number);
            """;

    private final Report report;

    Paint(Report report) {
        this.report = report;
    }

    void measure(Node node, People.Account account, Map<String, String> paths) {
        report.heading(
                "First paint in headless Chromium, nothing cached, " + TIMES + " times each");
        var lines = new ArrayList<String>();
        lines.add(
                "| page | first paint ms, median | worst | document there | loaded | requests | found"
                        + " late | own css and js KB | all KB beside the page | page KB |");
        lines.add("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var over = new ArrayList<String>();
        try (var browser = Chromium.start(node.uri())) {
            browser.signIn(account.username(), People.PASSWORD);
            for (var page : paths.entrySet()) {
                var seen = new ArrayList<double[]>();
                for (var i = 0; i < TIMES; i++) {
                    browser.forgetFiles();
                    browser.open(page.getValue());
                    browser.awaitWhole();
                    seen.add(numbers(browser.script(LOOK)));
                }
                var worst = seen.stream().mapToDouble(one -> one[0]).max().orElseThrow();
                if (worst > GOAL_MS) {
                    over.add(page.getKey());
                }
                lines.add(line(page.getKey(), seen, worst));
            }
        }
        report.table(lines);
        report.say(
                "paint",
                "- first paint over 1 s: " + (over.isEmpty() ? "none" : over),
                Map.of("over", over));
    }

    private static double[] numbers(Object answer) {
        return ((List<?>) answer)
                .stream().mapToDouble(one -> ((Number) one).doubleValue()).toArray();
    }

    private static String line(String name, List<double[]> seen, double worst) {
        return String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.0f | %.0f |",
                name,
                median(seen, 0),
                worst,
                median(seen, 1),
                median(seen, 2),
                median(seen, 3),
                median(seen, 4),
                median(seen, 5) / 1024,
                median(seen, 6) / 1024,
                median(seen, 7) / 1024);
    }

    private static double median(List<double[]> seen, int which) {
        var sorted = seen.stream().mapToDouble(one -> one[which]).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
