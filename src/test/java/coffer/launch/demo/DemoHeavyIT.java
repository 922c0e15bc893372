package coffer.launch.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.launch.Parts;
import coffer.launch.PersonClient;
import coffer.launch.PostgresPart;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The demo as the launcher makes it: it is there in every state, and goes whole. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DemoHeavyIT {

    private static final String PASSWORD = "the password of the demo";

    @TempDir private static Path folder;

    private static TestSite site;
    private static Demo demo;

    @BeforeAll
    static void make() throws Exception {
        var settings = new LinkedHashMap<>(Demo.SETTINGS);
        settings.put("coffer.job.gdpr-purge.schedule", "");
        settings.put("coffer.backup.presign-ttl", "3s");
        site = TestSite.open("demo-tree", settings);
        demo = demo();
        demo.make(PASSWORD);
    }

    @AfterAll
    static void end() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    @Order(1)
    void sixty_systems_of_three_distributors_are_there_in_every_state() {
        var person = PersonClient.signIn(site.node(), "demo-reader", PASSWORD);

        assertThat(
                        site.number(
                                "select count(*) from organization where kind = 'distributor' and name like '%(demo)'"))
                .isEqualTo(3);
        assertThat(site.number("select count(*) from appliance")).isEqualTo(60);
        for (var state : List.of("fresh", "due", "late", "overdue", "never", "paused")) {
            assertThat(systems(owner(), state)).as(state).isEqualTo(planned(state));
        }
        assertThat(systems(person, "fresh")).isBetween(8L, 20L);
        assertThat(site.number("select count(*) from backup where state = 'TRASHED'")).isPositive();
        assertThat(site.number("select count(*) from backup where pinned_at is not null"))
                .isPositive();
        assertThat(site.number("select count(*) from purge where state = 'DONE'")).isEqualTo(1);
    }

    @Test
    @Order(2)
    void its_history_is_ninety_days_long_and_ends_now() {
        assertThat(
                        site.number(
                                "select extract(day from coffer_now() - min(uploaded_at)) from backup where state = 'STORED'"))
                .isBetween(60L, 90L);
        assertThat(site.number("select count(*) from backup where uploaded_at > clock_timestamp()"))
                .isZero();
        assertThat(site.text("select clock_offset from installation")).isEqualTo("00:00:00");
        assertThat(site.number("select count(*) from alert where resolved_at is null"))
                .isPositive();
        site.check();
    }

    @Test
    @Order(3)
    void it_lives_on_at_the_next_start_and_is_not_made_again() throws Exception {
        var before = site.number("select count(*) from backup where state = 'STORED'");
        var again = demo();

        again.live(true);

        assertThat(again.known()).isTrue();
        assertThat(again.present()).isTrue();
        assertThat(DemoMark.of(site.instance()::connect)).isEqualTo(DemoMark.WHOLE);
        assertThat(site.number("select count(*) from backup where state = 'STORED'"))
                .isGreaterThanOrEqualTo(before);
    }

    @Test
    @Order(4)
    void no_production_catalogue_takes_it_or_loses_it() throws Exception {
        DemoMark.set(site.instance()::connect, null); // The schema allows no such installation.
        site.sql("update installation set purpose = 'production'");
        try {
            assertThatThrownBy(() -> demo.make(PASSWORD)).hasMessageContaining("production");
            assertThatThrownBy(() -> remove()).hasMessageContaining("production");
        } finally {
            site.sql("update installation set purpose = 'test'");
            DemoMark.set(site.instance()::connect, DemoMark.WHOLE);
        }
        assertThat(site.number("select count(*) from appliance")).isEqualTo(60);
    }

    @Test
    @Order(5)
    void one_command_removes_all_of_it() throws Exception {
        remove();

        assertThat(site.number("select count(*) from appliance")).isZero();
        assertThat(site.number("select count(*) from organization")).isEqualTo(1);
        assertThat(site.number("select count(*) from backup")).isZero();
        assertThat(
                        site.number(
                                "select count(*) from account where deleted_at is null and username <> 'demo-keeper'"))
                .isZero();
        assertThat(site.number("select count(*) from purge where state = 'DONE'")).isEqualTo(4);
        assertThat(demo().known()).isTrue();
        assertThat(demo().present()).isFalse();
        assertThat(DemoMark.of(site.instance()::connect)).isNull();
        site.checkSettled();
    }

    /** A process of its own, as the launcher is, and a true kill -9. */
    @Test
    @Order(6)
    void a_start_that_is_killed_midway_is_made_whole_by_the_next(@TempDir Path logs)
            throws Exception {
        var log = logs.resolve("killed.log");
        var process = killable(log);
        try {
            Wait.until(
                    "a month of the demo has passed",
                    Duration.ofMinutes(5),
                    () -> {
                        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
                        return Files.readString(log).contains("60 days ago");
                    });
        } finally {
            process.destroyForcibly().waitFor();
        }
        var half = site.number("select count(*) from backup where state = 'STORED'");
        var moved = site.text("select clock_offset < '-30 days' from installation");
        var mark = DemoMark.of(site.instance()::connect);
        var next = demo();
        var known = next.known();

        next.recover();
        next.make(PASSWORD);

        assertThat(half).isPositive();
        assertThat(moved).isEqualTo("t");
        assertThat(mark).isEqualTo(DemoMark.BEGUN);
        assertThat(known).as("a half made one is not taken for one").isFalse();
        assertThat(DemoMark.of(site.instance()::connect)).isEqualTo(DemoMark.WHOLE);
        assertThat(next.present()).isTrue();
        assertThat(site.number("select count(*) from appliance")).isEqualTo(60);
        assertThat(site.number("select count(*) from organization where kind = 'distributor'"))
                .isEqualTo(3);
        assertThat(site.text("select clock_offset from installation")).isEqualTo("00:00:00");
    }

    /** A removal that was killed goes on, and does not end as a demo that is to be made. */
    @Test
    @Order(7)
    void a_removal_that_is_killed_is_ended_by_the_next_start() throws Exception {
        DemoMark.set(site.instance()::connect, DemoMark.REMOVING);
        var next = demo();

        next.recover();

        assertThat(site.number("select count(*) from appliance")).isZero();
        assertThat(DemoMark.of(site.instance()::connect)).isNull();
        assertThat(next.present()).isFalse();
        assertThat(next.known()).isTrue();
    }

    private static Process killable(Path log) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Killable.class.getName(),
                        String.valueOf(Parts.shared().postgresql().port()),
                        site.instance().database(),
                        site.node().uri().toString(),
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    /** Makes the demo, until somebody ends it. */
    static final class Killable {

        private Killable() {}

        /** By the port of PostgreSQL, its database, the node and the folder. */
        public static void main(String[] arguments) throws Exception {
            var port = Integer.parseInt(arguments[0]);
            new Demo(
                            () -> PostgresPart.connect(port, arguments[1]),
                            URI.create(arguments[2]),
                            Path.of(arguments[3]),
                            System.out::println)
                    .make(PASSWORD);
        }
    }

    private static Demo demo() {
        return new Demo(site.instance()::connect, site.node().uri(), folder, System.out::println);
    }

    private static void remove() throws Exception {
        DemoRemoval.remove(
                site.instance()::connect, site.node().uri(), folder, System.out::println);
    }

    private static PersonClient owner() {
        site.sql(
                "update account set disabled_at = null where username = '" + Keeper.USERNAME + "'");
        try (var connection = site.instance().connect()) {
            new coffer.launch.People(connection, coffer.launch.Instance.PEPPER)
                    .admit(Keeper.USERNAME, PASSWORD);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
        return PersonClient.signIn(site.node(), Keeper.USERNAME, PASSWORD);
    }

    private static long systems(PersonClient person, String state) {
        var answer = person.get("/api/systems?page_size=1&backup_state=" + state);
        return ((Number) ((Map<?, ?>) answer.at("data", "pagination")).get("total_count"))
                .longValue();
    }

    private static long planned(String state) {
        return Habit.all().stream()
                .filter(one -> one.state().equals(state) && one != Habit.DELETED)
                .count();
    }
}
