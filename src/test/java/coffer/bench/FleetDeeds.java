package coffer.bench;

import coffer.launch.Node;
import coffer.launch.People;
import coffer.launch.PersonClient;

import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** What signing in, reassigning, moving and suspending costs in a large fleet. */
final class FleetDeeds {

    /** {@code coffer.sign-in.hash-iterations}, unless told. */
    private static final int ITERATIONS = 210_000;

    private static final int TIMES = 200;
    private static final int MANY = 20_000;

    private final Bed bed;
    private final Report report;
    private final PersonClient owner;

    FleetDeeds(Bed bed, Report report, PersonClient owner) {
        this.bed = bed;
        this.report = report;
        this.owner = owner;
    }

    /** Beside the same hash, made in this process while the node is idle. */
    void signIn(Node node, People.Account account, Duration each) throws GeneralSecurityException {
        var alone = login(node, account, 1, each);
        var hash = hash();
        var many = login(node, account, 8, each);
        report.say(
                "sign-in",
                String.format(
                        Locale.ROOT,
                        "- sign-in: p50 %.1f ms, p99 %.1f ms, of which the hash %.1f ms (PBKDF2, %d rounds): all else"
                                + " %.1f ms; 8 clients: %.1f/s, the hash alone on 2 cores could do %.1f/s; %s %s",
                        alone.p50(),
                        alone.p99(),
                        hash,
                        ITERATIONS,
                        alone.p50() - hash,
                        many.perSecond(),
                        2_000 / hash,
                        alone.answers(),
                        many.answers()),
                Map.of(
                        "alone",
                        Report.figures(alone),
                        "many",
                        Report.figures(many),
                        "hash_ms",
                        hash));
    }

    private static Result login(Node node, People.Account account, int clients, Duration each) {
        return Clients.run(
                Load.get(0, clients, "-").lasting(each, Long.MAX_VALUE),
                (load, number) ->
                        turn ->
                                PersonClient.login(node, account.username(), People.PASSWORD)
                                        .status());
    }

    private static double hash() throws GeneralSecurityException {
        var factory = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512");
        var millis = new double[40];
        for (var i = 0; i < millis.length; i++) {
            var from = System.nanoTime();
            factory.generateSecret(
                    new PBEKeySpec(People.PASSWORD.toCharArray(), new byte[16], ITERATIONS, 512));
            millis[i] = (System.nanoTime() - from) / 1e6;
        }
        var warm = Arrays.copyOfRange(millis, millis.length / 2, millis.length);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    /** There and back again, a system with ten backups and one with very many. */
    void reassign() throws SQLException {
        var systems = systems();
        var many = systems.getLast();
        Sql.run(
                bed.instance,
                """
                insert into backup (id, subject_kind, subject_id, kind, state, filename, extension, mimetype, sha256, size_bytes,
                                    content_kind, seq, uploaded_at, initiated_by, created_at)
                select gen_random_uuid(), 'appliance', '%1$s', 'configuration', 'STORED', 'b.gpg', '.gpg',
                       'application/octet-stream', sha256(cast(n::text as bytea)), 1, 'openpgp', 1000000 + n, coffer_now(), 'many',
                       coffer_now()
                  from generate_series(1, %2$d) n;
                update appliance_usage set live_count = live_count + %2$d, live_bytes = live_bytes + %2$d where appliance_id = '%1$s';
                update organization_usage set own_live_bytes = own_live_bytes + %2$d
                 where organization_id = (select organization_id from appliance where id = '%1$s');
                analyze backup
                """
                        .formatted(many, MANY));
        var homes = homes();
        for (var system : systems) {
            var backups =
                    Sql.text(
                            bed.instance,
                            "select count(*) from backup where subject_id = '" + system + "'");
            repeat(
                    "reassign a system with " + backups + " backups",
                    TIMES,
                    turn ->
                            owner.post(
                                    "/api/systems/" + system + "/reassign",
                                    "{\"organization_id\": \"" + homes.get(turn % 2) + "\"}"));
        }
        repeat(
                "one page of the backups of that system",
                TIMES,
                turn -> owner.get("/api/systems/" + many + "/backups"));
        Sql.run(
                bed.instance,
                """
                update organization_usage set own_live_bytes = own_live_bytes - %2$d
                 where organization_id = (select organization_id from appliance where id = '%1$s');
                update appliance_usage set live_count = live_count - %2$d, live_bytes = live_bytes - %2$d where appliance_id = '%1$s';
                delete from backup where subject_id = '%1$s' and initiated_by = 'many'
                """
                        .formatted(many, MANY));
    }

    private List<String> systems() throws SQLException {
        return Sql.texts(
                bed.instance,
                """
                select a.id from appliance a join organization o on o.id = a.organization_id
                 where o.name = 'Customer 3.1.1' and a.deleted_at is null and a.suspended_at is null
                   and exists (select from backup b where b.subject_id = a.id) order by a.id limit 2
                """);
    }

    private List<String> homes() throws SQLException {
        return Sql.texts(
                bed.instance,
                "select id from organization where name in ('Customer 3.1.1', 'Customer 3.1.2') order by"
                        + " name desc");
    }

    /** A reseller goes to another distributor and back; a distributor is suspended and back. */
    void organizations() throws SQLException {
        var reseller = id("Reseller 3.2");
        var parents = List.of(id("Distributor 4"), id("Distributor 3"));
        repeat(
                "move a reseller with " + subtree("Reseller 3.2"),
                TIMES / 10,
                turn ->
                        owner.post(
                                "/api/organizations/" + reseller + "/move",
                                "{\"parent_id\": \"" + parents.get(turn % 2) + "\"}"));
        var distributor = id("Distributor 3");
        repeat(
                "suspend, then reactivate, a distributor with " + subtree("Distributor 3"),
                TIMES / 10,
                turn ->
                        owner.send(
                                "PATCH",
                                "/api/organizations/"
                                        + distributor
                                        + (turn % 2 == 0 ? "/suspend" : "/reactivate"),
                                null));
    }

    /** Leaves a distributor suspended; the one who did it. */
    PersonClient suspended() throws SQLException {
        owner.send("PATCH", "/api/organizations/" + id("Distributor 5") + "/suspend", null);
        return owner;
    }

    void reactivate() throws SQLException {
        owner.send("PATCH", "/api/organizations/" + id("Distributor 5") + "/reactivate", null);
    }

    /** Each deed once or twice, for the plans. */
    void once() throws SQLException {
        var system = systems().getFirst();
        for (var home : homes()) {
            owner.post(
                    "/api/systems/" + system + "/reassign",
                    "{\"organization_id\": \"" + home + "\"}");
        }
        owner.get("/api/systems/" + system);
        owner.get("/api/systems/" + system + "/backups");
        owner.get("/api/systems/" + system + "/backups?state=trashed");
        owner.get("/api/organizations?page_size=50");
        owner.get("/api/organizations?page_size=50&search=Customer 3".replace(" ", "%20"));
        owner.get("/api/organizations/" + id("Distributor 3") + "/usage");
        owner.get("/api/users");
        for (var parent : List.of(id("Distributor 4"), id("Distributor 3"))) {
            owner.post(
                    "/api/organizations/" + id("Reseller 3.2") + "/move",
                    "{\"parent_id\": \"" + parent + "\"}");
        }
    }

    private String id(String name) throws SQLException {
        return Sql.text(bed.instance, "select id from organization where name = '" + name + "'");
    }

    private String subtree(String name) throws SQLException {
        return Sql.text(
                bed.instance,
                """
                select count(distinct o.id) || ' organizations and ' || count(a.id) || ' systems'
                  from organization me join organization o on o.path ~>=~ me.path and o.path ~<~ below(me.path)
                  left join appliance a on a.organization_id = o.id where me.name = '%s'
                """
                        .formatted(name));
    }

    private void repeat(String what, int times, IntFunction<PersonClient.Answer> deed) {
        var tally = new Tally();
        for (var turn = 0; turn < times; turn++) {
            var from = System.nanoTime();
            var answer = deed.apply(turn);
            tally.answered(answer.status(), System.nanoTime() - from);
            if (answer.status() != 200) {
                tally.show(answer.body());
            }
        }
        var result = tally.result(0);
        report.say(
                "fleet " + what,
                String.format(
                        Locale.ROOT,
                        "- %s: p50 %.1f ms, p99 %.1f ms, worst %.1f ms; %s",
                        what,
                        result.p50(),
                        result.p99(),
                        result.worst(),
                        result.answers()),
                Report.figures(result));
    }
}
