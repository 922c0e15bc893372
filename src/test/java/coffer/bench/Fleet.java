package coffer.bench;

import coffer.launch.Node;
import coffer.launch.People;
import coffer.launch.PersonClient;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * What people see of a large fleet, from the top of the tree and from a distributor, and what they
 * do to it. They have signed in through the API; what they ask comes from this process.
 */
final class Fleet {

    private static final int PAGE = 50;
    private static final String LIST = "/api/systems?page_size=" + PAGE;

    private final Bed bed;
    private final Report report;
    private final Duration each;
    private final Random random = new Random(5);

    Fleet(Bed bed, Report report, Duration each) {
        this.bed = bed;
        this.report = report;
        this.each = each;
    }

    /** Somebody who looks, and how many systems they see. */
    record Viewer(String name, PersonClient client, long systems) {}

    void measure() throws Exception {
        report.heading(
                Sql.text(
                        bed.instance,
                        """
                        select 'Lists by people: ' || (select count(*) from appliance) || ' systems in ' || (select count(*) from organization)
                               || ' organizations, ' || (select count(*) from backup) || ' backups; one client, pages of 50'
                        """));
        var owner = account("owner", "kind = 'owner'", "super-admin");
        var distributor = account("distributor", "name = 'Distributor 3'", "admin");
        var plans = new Plans(bed);
        try (var node =
                bed.node("bench-fleet")
                        .with("coffer.sign-in.rate-per-minute", "1000000")
                        .with("coffer.sign-in.rate-per-hour", "1000000")) {
            node.startAndAwait();
            var viewers = List.of(viewer(node, owner), viewer(node, distributor));
            warm(viewers);
            for (var viewer : viewers) {
                lists(viewer);
            }
            details(viewers);
            report.heading("Sign-in, reassign, organizations");
            var deeds = new FleetDeeds(bed, report, viewers.getFirst().client());
            deeds.signIn(node, owner, each);
            deeds.reassign();
            deeds.organizations();
            var search = LIST + "&search=fw-12";
            ask("owner, a distributor's subtree suspended", 1, deeds.suspended(), any -> LIST);
            ask("owner, the same, found by name", 1, viewers.getFirst().client(), any -> search);
            deeds.reactivate();
            bed.dump(node);
            node.stop();
            plans.record();
            node.startAndAwait();
            explain(plans, viewer(node, owner), viewer(node, distributor));
        }
        plans.end();
        var scanned = plans.read(bed.out.resolve("plans-fleet.txt"));
        report.heading("Plans of the fleet's statements: big tables read from end to end");
        report.lines(scanned.isEmpty() ? "none" : String.join("\n", scanned));
    }

    private People.Account account(String username, String organization, String role)
            throws SQLException {
        var id =
                Sql.text(
                        bed.instance,
                        "select id from organization where "
                                + organization
                                + " order by id limit 1");
        try (var connection = bed.instance.connect()) {
            return new People(
                            connection, Load.word(bed.instance.settings(), "coffer.keys.pepper.k1"))
                    .account(UUID.fromString(id), username, role);
        }
    }

    private static Viewer viewer(Node node, People.Account account) {
        var client = PersonClient.signIn(node, account.username(), People.PASSWORD);
        var total = client.get(LIST).text("data", "pagination", "total_count");
        return new Viewer(account.username(), client, Long.parseLong(total));
    }

    /** As long as a node in production takes to have its code compiled. */
    private void warm(List<Viewer> viewers) throws SQLException {
        for (var round = 0; round < 3; round++) {
            for (var viewer : viewers) {
                for (var kind : kinds(viewer)) {
                    Clients.run(
                            Load.get(0, 2, "-").lasting(each.dividedBy(10), Long.MAX_VALUE),
                            (load, number) ->
                                    turn -> viewer.client().get(kind.path().apply(turn)).status());
                }
            }
        }
    }

    /** A way to ask for a page. */
    private record Kind(String name, LongFunction<String> path) {

        static Kind of(String name, String query) {
            return new Kind(name, any -> LIST + query);
        }
    }

    private List<Kind> kinds(Viewer viewer) throws SQLException {
        var last = (viewer.systems() + PAGE - 1) / PAGE;
        var keys =
                Sql.texts(
                        bed.instance,
                        "select name from appliance tablesample bernoulli (1) where name like 'fw-%'"
                                + " limit 200");
        var reseller =
                Sql.text(bed.instance, "select id from organization where name = 'Reseller 3.1'");
        return List.of(
                Kind.of("first page", ""),
                new Kind("any page", any -> LIST + "&page=" + (1 + random.nextLong(last))),
                Kind.of("last page", "&page=" + last),
                Kind.of("sort=-last_backup_at", "&sort=-last_backup_at"),
                Kind.of("sort=last_heartbeat", "&sort=last_heartbeat"),
                Kind.of("sort=organization", "&sort=organization"),
                Kind.of("sort=-created_at", "&sort=-created_at"),
                new Kind(
                        "search a name",
                        turn -> LIST + "&search=" + keys.get((int) (turn % keys.size()))),
                Kind.of("search fw-12", "&search=fw-12"),
                Kind.of("search nothing", "&search=nosuchthing"),
                Kind.of("search what all have", "&search=example"),
                Kind.of("backup_state=fresh", "&backup_state=fresh"),
                Kind.of("backup_state=due", "&backup_state=due"),
                Kind.of("backup_state=late", "&backup_state=late"),
                Kind.of("backup_state=overdue", "&backup_state=overdue"),
                Kind.of("backup_state=never", "&backup_state=never"),
                Kind.of("backup_state=paused", "&backup_state=paused"),
                Kind.of("status=active", "&status=active"),
                Kind.of("status=inactive", "&status=inactive"),
                Kind.of("status=unknown", "&status=unknown"),
                Kind.of("status=suspended", "&status=suspended"),
                Kind.of("status=deleted", "&status=deleted"),
                Kind.of("type=router", "&type=router"),
                Kind.of(
                        "a reseller's subtree",
                        "&include_hierarchy=true&organization_id=" + reseller),
                Kind.of(
                        "search, state, sort",
                        "&search=fw-1&backup_state=overdue&sort=-last_backup_at"));
    }

    private void lists(Viewer viewer) throws SQLException {
        for (var kind : kinds(viewer)) {
            var total =
                    viewer.client()
                            .get(kind.path().apply(0))
                            .text("data", "pagination", "total_count");
            ask(
                    viewer.name() + ", " + kind.name() + " (of " + total + ")",
                    1,
                    viewer.client(),
                    kind.path());
        }
        ask(viewer.name() + ", first page, 4 clients", 4, viewer.client(), any -> LIST);
    }

    private void details(List<Viewer> viewers) throws SQLException {
        for (var viewer : viewers) {
            var ids =
                    Sql.texts(
                            bed.instance,
                            """
                            select a.id from organization me join organization o on o.path ~>=~ me.path and o.path ~<~ below(me.path)
                              join appliance a on a.organization_id = o.id
                             where me.%s order by random() limit 5000
                            """
                                    .formatted(
                                            viewer.name().equals("owner")
                                                    ? "kind = 'owner'"
                                                    : "name = 'Distributor 3'"));
            for (var clients : new int[] {1, 4}) {
                var result =
                        Clients.run(
                                Load.get(0, clients, "-").lasting(each, Long.MAX_VALUE),
                                (load, number) ->
                                        turn -> {
                                            var id =
                                                    ids.get(
                                                            (int)
                                                                    ((turn * load.clients()
                                                                                    + number)
                                                                            % ids.size()));
                                            var one =
                                                    viewer.client()
                                                            .get("/api/systems/" + id)
                                                            .status();
                                            var backups =
                                                    viewer.client()
                                                            .get("/api/systems/" + id + "/backups")
                                                            .status();
                                            return Math.max(one, backups);
                                        });
                line(
                        viewer.name() + ", one system and its backups, " + clients + " clients",
                        result);
            }
        }
    }

    private void ask(String what, int clients, PersonClient client, LongFunction<String> path) {
        line(
                what,
                Clients.run(
                        Load.get(0, clients, "-").lasting(each, Long.MAX_VALUE),
                        (load, number) -> turn -> client.get(path.apply(turn)).status()));
    }

    private void line(String what, Result result) {
        report.say(
                "fleet " + what,
                String.format(
                        Locale.ROOT,
                        "- %s: p50 %.1f ms, p99 %.1f ms, worst %.1f ms, %.0f/s; %s",
                        what,
                        result.p50(),
                        result.p99(),
                        result.worst(),
                        result.perSecond(),
                        result.answers()),
                Report.figures(result));
    }

    /** Every statement once or twice, so that its plan is written; how many a page takes. */
    private void explain(Plans plans, Viewer... viewers) throws Exception {
        for (var viewer : viewers) {
            var before = plans.statements();
            viewer.client().get(LIST);
            report.say(
                    "fleet statements " + viewer.name(),
                    "- "
                            + viewer.name()
                            + ": statements for a page: "
                            + (plans.statements() - before),
                    Map.of());
            for (var kind : kinds(viewer)) {
                viewer.client().get(kind.path().apply(1));
            }
        }
        new FleetDeeds(bed, report, viewers[0].client()).once();
    }
}
