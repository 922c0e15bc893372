package coffer.bench;

import coffer.launch.Node;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

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
    void heartbeats(Node node, Duration each) throws SQLException {
        report.heading("Heartbeats of 2,000 systems beside GET /api/systems/info");
        for (var clients : new int[] {16, 64}) {
            var info = 0.0;
            var beats = 0.0;
            for (var round = 0; round <= 3; round++) {
                var which = clients + " clients, " + (round == 0 ? "warm-up" : "round " + round);
                var one =
                        ask(
                                node,
                                "info, " + which,
                                "/api/systems/info",
                                clients,
                                Catalogue.LISTING,
                                each);
                var from = Sql.text(bed.instance, "select coffer_now()");
                var two =
                        ask(
                                node,
                                "heartbeat, " + which,
                                "post:/api/systems/heartbeat",
                                clients,
                                Catalogue.LISTING,
                                each);
                var kept =
                        Sql.number(
                                bed.instance,
                                "select count(*) from appliance_heartbeat where last_at >= '"
                                        + from
                                        + "'");
                if (two.good() >= Catalogue.LISTING
                        && kept < Catalogue.LISTING / clients * clients) {
                    throw new IllegalStateException(
                            "heartbeats were acknowledged and lost: " + kept);
                }
                info += round == 0 ? 0 : one.perSecond();
                beats += round == 0 ? 0 : two.perSecond();
            }
            report.say(
                    "heartbeats " + clients,
                    String.format(
                            Locale.ROOT,
                            "- %d clients: %.0f heartbeats/s, %.0f GET/s, ratio **%.2f** (goal 0.7)",
                            clients,
                            beats / 3,
                            info / 3,
                            beats / info),
                    Map.of("ratio", beats / info));
        }
    }

    private void list(Node node, String who, int clients, int systems, Duration each) {
        ask(node, who, PATH, clients, systems, each);
    }

    private Result ask(
            Node node, String who, String path, int clients, int systems, Duration each) {
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
        return result;
    }
}
