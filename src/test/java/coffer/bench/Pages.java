package coffer.bench;

import coffer.launch.Node;
import coffer.launch.People;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * How long the server takes for each page of an administrator's work, from the request to the last
 * byte over loopback: for one visitor at a time and for four, who signed in through the sign-in
 * page. Then what a browser sees of it ({@link Paint}), and the plans of every statement.
 */
final class Pages {

    private static final double GOAL_MS = 150;
    private static final int REQUESTS = Integer.getInteger("bench.requests", 100);
    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final Bed bed;
    private final Report report;
    private final List<String> missed = new ArrayList<>();
    private int measured;

    Pages(Bed bed, Report report) {
        this.bed = bed;
        this.report = report;
    }

    /** Whose pages they are. */
    private record Who(People.Account account, String root, String name) {}

    /** Somebody who is signed in, and the pages that they see. */
    private record Visit(Who who, PageVisitor visitor, List<PageKind> kinds) {}

    void measure() throws Exception {
        var all = who();
        var facts = new PageFacts(bed);
        facts.fill();
        report.heading(
                Sql.text(
                        bed.instance,
                        """
                        select 'Pages: ' || (select count(*) from appliance) || ' systems in ' || (select count(*) from organization)
                               || ' organizations, ' || (select count(*) from backup) || ' backups, ' || (select count(*) from audit_entry)
                               || ' audit entries, ' || (select count(*) from alert where resolved_at is null) || ' open alerts'
                        """));
        var plans = new Plans(bed);
        try (var node =
                Purge.node(bed)
                        .with("coffer.sign-in.rate-per-minute", "1000000")
                        .with("coffer.sign-in.rate-per-hour", "1000000")) {
            node.startAndAwait();
            if (all.getFirst().name().equals("owner")) {
                facts.erase(node, all.getFirst().account().username());
            }
            for (var visit : warm(node, all)) {
                table(visit);
            }
            sum();
            new Paint(report).measure(node, all.getFirst().account(), paths(node, all.getFirst()));
            bed.dump(node);
            node.stop();
            plans.record();
            node.startAndAwait();
            explain(node, plans, all);
        }
        plans.end();
        var scanned = plans.read(bed.out.resolve("plans-pages.txt"));
        report.heading("Plans of the pages' statements: big tables read from end to end");
        report.lines(scanned.isEmpty() ? "none" : String.join("\n", scanned));
    }

    private List<Who> who() throws SQLException {
        var wanted = System.getProperty("bench.who", "owner,distributor,reader,customer");
        var all = new ArrayList<Who>();
        for (var one : wanted.split(",", -1)) {
            all.add(
                    switch (one) {
                        case "owner" -> who(one, "kind = 'owner'", "super-admin");
                        case "distributor" -> who(one, "name = 'Distributor 3'", "admin");
                        case "reader" -> who(one, "name = 'Reseller 3.1'", "reader");
                        default -> who(one, "name = 'Customer 0.0.0'", "admin");
                    });
        }
        return all;
    }

    private Who who(String name, String where, String role) throws SQLException {
        var path = Sql.text(bed.instance, "select path from organization where " + where);
        var id = UUID.fromString(path.substring(path.length() - 37, path.length() - 1));
        try (var connection = bed.instance.connect()) {
            return new Who(
                    new People(
                                    connection,
                                    Load.word(bed.instance.settings(), "coffer.keys.pepper.k1"))
                            .account(id, "pages-" + name, role),
                    path,
                    name);
        }
    }

    /** Code is compiled as it is used: two rounds over every page that a visitor sees. */
    private List<Visit> warm(Node node, List<Who> all) throws Exception {
        var visits = new ArrayList<Visit>();
        for (var one : all) {
            var visitor = PageVisitor.signIn(node, one.account().username(), People.PASSWORD);
            var kinds = new ArrayList<PageKind>();
            var first = new LinkedHashMap<String, Double>();
            for (var kind : PageKind.all(bed, one.root())) {
                var from = System.nanoTime();
                var status = visitor.status(kind.path().apply(0));
                first.put(kind.name(), (System.nanoTime() - from) / 1e6);
                if (status == 200) {
                    kinds.add(kind);
                } else if (status != 302 && (status != 403 || one.name().equals("owner"))) {
                    report.say(
                            "pages broken " + kind.name(),
                            "- " + one.name() + ", " + kind.name() + ": " + status,
                            Map.of("status", status));
                }
            }
            worstOf(one, first);
            var visit = new Visit(one, visitor, kinds);
            visits.add(visit);
            for (var round = 0; round < 2; round++) {
                for (var kind : kinds) {
                    ask(visit, kind, 4, visits.size() == 1 ? 12 : 6);
                }
            }
        }
        return visits;
    }

    /** What the very first visitor of a node waits for. */
    private void worstOf(Who one, Map<String, Double> first) {
        var worst =
                first.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .limit(5)
                        .map(entry ->
                                String.format(
                                        Locale.ROOT, "%s %.0f", entry.getKey(), entry.getValue()))
                        .toList();
        report.say(
                "pages first " + one.name(),
                "- " + one.name() + ": the longest first requests, ms: " + String.join(", ", worst),
                first);
    }

    private static Result ask(Visit visit, PageKind kind, int clients, int requests) {
        return Clients.run(
                Load.get(0, clients, "-").lasting(LONGEST, requests),
                (load, number) ->
                        turn ->
                                visit.visitor()
                                        .status(kind.path().apply(turn * load.clients() + number)));
    }

    private void table(Visit visit) {
        report.heading(
                "Pages of the "
                        + visit.who().name()
                        + ", ms to the last byte, "
                        + REQUESTS
                        + " requests each");
        report.table(
                List.of(
                        "| page | p50 | p95 | p99 | 4 clients: p50 | p95 | p99 | |",
                        "|---|--:|--:|--:|--:|--:|--:|---|"));
        for (var kind : visit.kinds()) {
            var one = ask(visit, kind, 1, REQUESTS);
            var four = ask(visit, kind, 4, REQUESTS);
            measured++;
            if (one.p95() > GOAL_MS) {
                missed.add(visit.who().name() + ", " + kind.name());
            }
            var whole = one.good() == REQUESTS && four.good() == REQUESTS;
            var line =
                    String.format(
                            Locale.ROOT,
                            "| %s | %.0f | %s | %.0f | %.0f | %.0f | %.0f | %s |",
                            kind.name(),
                            one.p50(),
                            one.p95() > GOAL_MS
                                    ? String.format(Locale.ROOT, "**%.0f**", one.p95())
                                    : String.format(Locale.ROOT, "%.0f", one.p95()),
                            one.p99(),
                            four.p50(),
                            four.p95(),
                            four.p99(),
                            whole ? "" : one.answers() + four.answers());
            report.table(List.of(line));
            report.figures(
                    "pages " + visit.who().name() + ", " + kind.name(),
                    Map.of("one", Report.figures(one), "four", Report.figures(four)));
        }
    }

    private void sum() {
        report.say(
                "pages",
                "- pages measured: "
                        + measured
                        + "; with p95 over 150 ms for one visitor: "
                        + (missed.isEmpty() ? "none" : missed.size() + ": " + missed)
                        + "; load "
                        + Proc.load(),
                Map.of("measured", measured, "missed", missed));
    }

    private Map<String, String> paths(Node node, Who owner) throws Exception {
        var paths = new LinkedHashMap<String, String>();
        for (var kind : PageKind.all(bed, owner.root())) {
            if (Paint.SHOWN.contains(kind.name())) {
                paths.put(kind.name(), kind.path().apply(0));
            }
        }
        return paths;
    }

    /** Every statement once, so that its plan is written; how many a page takes. */
    private void explain(Node node, Plans plans, List<Who> all) throws Exception {
        var lines = new ArrayList<String>();
        for (var one : all.subList(0, Math.min(2, all.size()))) {
            var visitor = PageVisitor.signIn(node, one.account().username(), People.PASSWORD);
            for (var kind : PageKind.all(bed, one.root())) {
                visitor.status(kind.path().apply(0));
                var before = plans.statements();
                visitor.status(kind.path().apply(1));
                lines.add(one.name() + ", " + kind.name() + ": " + (plans.statements() - before));
            }
        }
        report.heading("Statements of a page");
        report.lines(String.join("\n", lines));
    }
}
