package coffer.bench;

import coffer.launch.Node;

import java.time.Duration;
import java.util.Locale;

/** How long a system waits for its list of ten, and every node for its health. */
final class Lists {

    static final String PATH = "/api/systems/backups";

    private final Bed bed;
    private final Report report;

    Lists(Bed bed, Report report) {
        this.bed = bed;
        this.report = report;
    }

    void measure(Node node, Duration each, int backups) {
        report.heading("Lists of 10 backups, " + backups + " in the catalogue");
        list(node, "warm-up", 16, 16, each.plusSeconds(10));
        list(node, "1 client, the same system", 1, 1, each);
        list(node, "1 client, 2,000 systems in turn", 1, Catalogue.LISTING, each);
        list(node, "16 clients, 2,000 systems in turn", 16, Catalogue.LISTING, each);
    }

    /** Heartbeats beside a trivial authenticated GET, in turns. */
    void heartbeats(Node node, Duration each) {
        report.heading("Heartbeats of 2,000 systems beside GET /api/systems/info, 16 clients");
        for (var round = 1; round <= 3; round++) {
            var which = round == 1 ? "warm-up" : "round " + (round - 1);
            ask(node, "info, " + which, "/api/systems/info", 16, Catalogue.LISTING, each);
            ask(
                    node,
                    "heartbeat, " + which,
                    "post:/api/systems/heartbeat",
                    16,
                    Catalogue.LISTING,
                    each);
        }
    }

    private void list(Node node, String who, int clients, int systems, Duration each) {
        ask(node, who, PATH, clients, systems, each);
    }

    private void ask(Node node, String who, String path, int clients, int systems, Duration each) {
        var load =
                Load.get(node.port(), clients, path)
                        .lasting(each, Long.MAX_VALUE)
                        .as(Catalogue.UPLOADING, systems);
        var reading = new Meter(bed).with(node).read(() -> bed.sender().run(load));
        var result = reading.result();
        report.say(
                "list " + who,
                String.format(
                        Locale.ROOT,
                        "- %s: p50 %.2f ms, p99 %.2f ms, worst %.1f ms, %.0f/s; CPU s/1,000: Coffer"
                                + " %.2f, PostgreSQL %.2f; %s",
                        who,
                        result.p50(),
                        result.p99(),
                        result.worst(),
                        result.perSecond(),
                        reading.cpuPerThousand("coffer"),
                        reading.cpuPerThousand("postgresql"),
                        result.answers()),
                Report.figures(result));
    }
}
