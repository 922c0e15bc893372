package coffer.ui.wall;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.TestSite;
import coffer.launch.Wait;
import coffer.launch.demo.Demo;
import coffer.ui.Chromium;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A node with the demo's tree, as {@code ./mvnw} shows it, and one person of each kind that signs
 * in there. The heavy tests of one JVM share it.
 */
final class DemoSite {

    /** The password of everybody. */
    static final String PASSWORD = "the password of the demo";

    private static final String ALERTED =
            """
            select r.name from organization r join organization o on o.path like r.path || '%'
              join appliance a on a.organization_id = o.id
              join alert l on l.subject = 'system:' || a.id and l.resolved_at is null
             where r.kind = 'reseller' group by r.name order by count(*) desc, r.name limit 1
            """;

    private final TestSite site;

    /** The reseller with the most to worry about. */
    private String reseller = "";

    private DemoSite(TestSite site) {
        this.site = site;
    }

    static DemoSite shared() {
        return Shared.SITE;
    }

    /** Who looks. */
    enum Who {
        OWNER,
        ADMIN,
        READER
    }

    TestSite site() {
        return site;
    }

    Chromium browser() {
        return Chromium.start(site.node().uri());
    }

    /** A user name. */
    String username(Who who) {
        return "wall-" + who.name().toLowerCase(java.util.Locale.ROOT);
    }

    String reseller() {
        return reseller;
    }

    UUID organization(String name) {
        return id("select id from organization where name = '" + name + "'");
    }

    /** Where somebody of that kind stands. */
    UUID home(Who who) {
        return who == Who.OWNER
                ? id("select id from organization where kind = 'owner'")
                : organization(reseller);
    }

    UUID id(String query) {
        return UUID.fromString(String.valueOf(site.text(query)));
    }

    /**
     * A system of the reseller's subtree, so that all of them see it.
     *
     * @param which a condition over {@code appliance a} and {@code appliance_usage u}
     */
    UUID system(String which) {
        return id(
                """
                select a.id from organization r join organization o on o.path like r.path || '%%'
                  join appliance a on a.organization_id = o.id join appliance_usage u on u.appliance_id = a.id
                 where r.name = '%s' and %s order by a.name, a.id limit 1
                """
                        .formatted(reseller, which));
    }

    private void settle() throws SQLException {
        site.sql("update organization set name = 'Example Networks' where kind = 'owner'");
        Wait.until(
                "a reseller has an open alert",
                Duration.ofMinutes(3),
                () -> site.number("select count(*) from (" + ALERTED + ") alerted") > 0);
        reseller = String.valueOf(site.text(ALERTED));
        try (var connection = site.instance().connect()) {
            var people =
                    new People(connection, site.instance().settings().get("coffer.keys.pepper.k1"));
            people.account(home(Who.OWNER), username(Who.OWNER), "super-admin");
            people.account(home(Who.ADMIN), username(Who.ADMIN), "admin");
            people.account(home(Who.READER), username(Who.READER), "reader");
            people.admit(username(Who.OWNER), PASSWORD);
            people.admit(username(Who.ADMIN), PASSWORD);
            people.admit(username(Who.READER), PASSWORD);
        }
        site.sql("update account set name = 'Ada Moretti' where username = 'wall-owner'");
        site.sql("update account set name = 'Bruno Galli' where username = 'wall-admin'");
        site.sql("update account set name = 'Carla Riva' where username = 'wall-reader'");
        var owner = PersonClient.signIn(site.node(), username(Who.OWNER), PASSWORD);
        var closed =
                owner.post(
                                "/api/organizations",
                                "{\"name\":\"Closed Bakery\",\"type\":\"customer\",\"parent_id\":\""
                                        + organization(reseller)
                                        + "\"}")
                        .text("data", "id");
        owner.delete("/api/organizations/" + closed);
        owner.delete("/api/systems/" + system("a.deleted_at is null and a.suspended_at is null"));
    }

    private static final class Shared {

        static final DemoSite SITE = open();

        private static DemoSite open() {
            var settings = new LinkedHashMap<String, String>(Demo.SETTINGS);
            settings.putAll(
                    Map.of(
                            "coffer.sign-in.rate-per-minute",
                            "600",
                            "coffer.sign-in.rate-per-hour",
                            "6000"));
            var site = TestSite.open("demo-pages", settings);
            Runtime.getRuntime().addShutdownHook(new Thread(site::close, "stop the demo's site"));
            try {
                new Demo(
                                site.instance()::connect,
                                site.node().uri(),
                                Files.createTempDirectory("demo"),
                                System.out::println)
                        .make(PASSWORD);
                var demo = new DemoSite(site);
                demo.settle();
                return demo;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
