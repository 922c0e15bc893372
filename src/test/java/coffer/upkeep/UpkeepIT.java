package coffer.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Node;
import coffer.launch.Seed;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The jobs of the folder and what they find; the tests go through one history, in their order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpkeepIT {

    private static final int SYSTEMS = 3;
    private static final int EACH = 8;
    private static final int ALL = SYSTEMS * EACH;

    /** When the scrub comes, the day of each system has ended already. */
    private static final int KEPT = ALL - 2 * SYSTEMS;

    private static final int SIZE = 2_000;

    private static Scene scene;
    private static List<String> addresses;
    private static Seed.Firewall system;
    private static Node node;
    @TempDir private static Path folder;
    private static String corrupt;
    private static String missing;
    private static String known;
    private static String stranger;
    private static String unknown;
    private static String stray;
    private static String foreign;

    @BeforeAll
    static void damage_a_bucket() throws Exception {
        scene =
                Scene.open(
                        "upkeep",
                        Map.of("coffer.upkeep.scrub-days", "1", "coffer.upkeep.orphan-limit", "3"));
        node = scene.node();
        // A store tells an object's age in whole seconds.
        Wait.until(
                "the catalogue has lived for seconds",
                Scene.PATIENCE,
                () ->
                        count("catalogue_life where began_at < coffer_now() - interval '3 seconds'")
                                == 1);
        var systems = new ArrayList<Seed.Firewall>();
        for (var i = 0; i < SYSTEMS; i++) {
            systems.add(scene.system());
            scene.upload(node, systems.get(i), EACH, SIZE);
        }
        system = systems.getFirst();
        addresses = scene.addresses();
        corrupt = addresses.get(4);
        missing = addresses.get(ALL - 2);
        var bytes = Files.readAllBytes(scene.file(corrupt));
        bytes[SIZE / 2] ^= 1;
        Files.write(scene.file(corrupt), bytes);
        known = scene.knownOrphan(system, addresses.getFirst());
        stranger = scene.object(someAddress(), addresses.getFirst());
        unknown = scene.object(someAddress(), addresses.getFirst());
        Files.setLastModifiedTime(
                scene.file(unknown),
                FileTime.from(Instant.now().minus(Duration.ofDays(3)))); // nobody lived here then
        stray = scene.object(scene.installation() + "/systems/notes", addresses.getFirst());
        foreign =
                scene.object(
                        "another-one/systems/" + system.id() + "/" + UUID.randomUUID(),
                        addresses.getFirst());
        Files.delete(scene.file(missing));

        age(systems);

        scene.awaitCompleted(
                scene.ask(
                        "retention-audit",
                        "{\"mode\": \"apply\", \"parts\": \"1\", \"chunk\": \"1\"}"));
        scene.awaitCompleted(
                scene.ask("integrity-scrub", "{\"budget\": \"configured\"}"),
                scene.ask("catalogue-reconcile", "{\"remove\": \"orphans\"}"));
    }

    private static String someAddress() {
        return scene.installation() + "/systems/" + system.id() + "/" + UUID.randomUUID();
    }

    /**
     * Of each system two backups of a day that is long past its time in the trash, and two of the
     * day after; and counters that are wrong.
     */
    private static void age(List<Seed.Firewall> systems) {
        for (var i = 0; i < 2; i++) {
            scene.sql(
                    """
                    update backup set state = 'TRASHED', uploaded_at = coffer_now() - interval '%d days' + seq * interval '1 second',
                           trashed_at = coffer_now() - interval '%d days', trashed_by = 'retention'
                     where seq in (%d, %d)
                    """
                            .formatted(12 - i, 10 - i, 2 * i + 1, 2 * i + 2));
        }
        scene.sql(
                """
                update appliance_usage set live_count = live_count - 4, live_bytes = live_bytes - %1$d, trash_count = trash_count + 4,
                       trash_bytes = trash_bytes + %1$d
                """
                        .formatted(4 * SIZE));
        scene.sql(
                "update organization_usage set own_live_bytes = own_live_bytes - %d + 555"
                        .formatted(4 * SIZE * SYSTEMS));
        scene.sql(
                "update appliance_usage set live_bytes = live_bytes + 777 where appliance_id = '"
                        + systems.getLast().id()
                        + "'");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @Test
    @Order(1)
    void every_copy_has_been_read_back_once_and_is_called_what_it_is() {
        assertThat(count("backup_copy where health = 'verified' and verified_at is not null"))
                .isEqualTo(KEPT - 2);
        assertThat(scene.text("select address from backup_copy where health = 'corrupt'"))
                .isEqualTo(corrupt);
        assertThat(scene.text("select address from backup_copy where health = 'missing'"))
                .isEqualTo(missing);
        // Whichever job was first to find the missing one, it has had its turn once.
        assertThat(scene.number("select sum(copies) from scrub_day"))
                .isBetween(KEPT - 1L, (long) KEPT);
        assertThat(scene.number("select sum(done) from job_progress where step = 'scrub'"))
                .isEqualTo(scene.number("select sum(copies) from scrub_day"));
        assertThat(
                        scene.text(
                                "select string_agg(code, ' ' order by code) from alert where"
                                        + " resolved_at is null and code in ('backup.corrupt',"
                                        + " 'backup.missing')"))
                .isEqualTo("backup.corrupt backup.missing");
        assertThat(count("audit_entry where action in ('copy.corrupt', 'copy.missing')"))
                .isEqualTo(2);
        assertThat(
                        scene.number(
                                "select sum(jsonb_array_length(d.detail -> 'backups')) from"
                                        + " audit_entry e join audit_detail d on d.entry_id = e.id"
                                        + " where e.action = 'copies.verified'"))
                .isEqualTo(KEPT - 2);
    }

    @Test
    @Order(2)
    void every_object_has_been_held_against_the_catalogue_once() {
        assertThat(
                        scene.text(
                                "select concat_ws(' ', objects, strays, orphans, unknown, missing,"
                                        + " removed, ended_at is not null) from inventory"))
                .isEqualTo((ALL - 1 + 4) + " 1 2 1 1 0 t");
        assertThat(scene.text("select address from orphan where known")).isEqualTo(known);
        assertThat(count("orphan where address in ('" + stranger + "', '" + unknown + "')"))
                .isEqualTo(2);
        assertThat(count("alert where code = 'reconcile.unknown-objects' and resolved_at is null"))
                .isEqualTo(1);
        Wait.until(
                "the metric tells the drift",
                Scene.PATIENCE,
                () ->
                        metric("missing").equals("1.0")
                                && metric("orphan").equals("2.0")
                                && metric("unknown").equals("1.0")
                                && metric("stray").equals("1.0"));
        assertThat(List.of(known, stranger, unknown, stray, foreign))
                .allMatch(key -> Files.exists(scene.file(key)));
    }

    @Test
    @Order(3)
    void once_the_quarantine_is_over_what_came_while_the_catalogue_lived_goes() throws Exception {
        scene.advance(Duration.ofDays(8));

        scene.awaitCompleted(scene.ask("catalogue-reconcile", "{\"remove\": \"orphans\"}"));

        assertThat(List.of(known, stranger)).noneMatch(key -> Files.exists(scene.file(key)));
        assertThat(List.of(unknown, stray, foreign)).allMatch(key -> Files.exists(scene.file(key)));
        assertThat(count("audit_entry where action = 'orphans.removed'")).isEqualTo(1);
    }

    /** It has fewer orphans than the limit, so only the gap in its life keeps them. */
    @Test
    @Order(4)
    void a_database_restored_from_last_week_costs_no_good_backup() throws Exception {
        var lastWeek = Snapshot.of(scene, folder);
        scene.sql("create table saved.life as table catalogue_life");
        scene.upload(node, system, 2, SIZE + 1);
        var good =
                scene.text(
                                "select string_agg(address, ' ') from backup_copy where size_bytes = "
                                        + (SIZE + 1))
                        .split(" ");
        scene.advance(Duration.ofDays(7));

        lastWeek.restoreCatalogue();
        scene.sql(
                "delete from catalogue_life; insert into catalogue_life select * from saved.life");
        Wait.until(
                "the catalogue has seen that it went back",
                Scene.PATIENCE,
                () -> count("catalogue_life") == 2);
        for (var i = 0; i < 2; i++) {
            scene.awaitCompleted(scene.ask("catalogue-reconcile", "{\"remove\": \"orphans\"}"));
            scene.advance(Duration.ofDays(30));
        }

        assertThat(good).hasSize(2).allMatch(key -> Files.exists(scene.file(key)));
        assertThat(scene.number("select unknown from inventory order by ended_at desc limit 1"))
                .isEqualTo(3);
        assertThat(count("alert where code = 'reconcile.unknown-objects' and resolved_at is null"))
                .isEqualTo(1);
        scene.sql("drop schema saved cascade");
    }

    @Test
    @Order(5)
    void too_many_orphans_stop_the_removal_until_an_operator_says_otherwise() throws Exception {
        var many = new ArrayList<String>();
        for (var i = 0; i < 4; i++) {
            many.add(scene.knownOrphan(system, addresses.getFirst()));
        }
        scene.awaitCompleted(scene.ask("catalogue-reconcile", "{\"remove\": \"orphans\"}"));
        scene.advance(Duration.ofDays(8));

        scene.awaitCompleted(scene.ask("catalogue-reconcile", "{\"remove\": \"orphans\"}"));
        var stopped = many.stream().filter(key -> Files.exists(scene.file(key))).count();
        var alerted =
                count("alert where code = 'reconcile.too-many-orphans' and resolved_at is null");
        scene.awaitCompleted(scene.ask("catalogue-reconcile", "{\"remove\": \"unknown\"}"));

        assertThat(stopped).isEqualTo(4);
        assertThat(alerted).isEqualTo(1);
        assertThat(many).noneMatch(key -> Files.exists(scene.file(key)));
        assertThat(Files.exists(scene.file(unknown))).isFalse();
        assertThat(List.of(stray, foreign)).allMatch(key -> Files.exists(scene.file(key)));
        assertThat(count("alert where code like 'reconcile.%' and resolved_at is null")).isZero();
    }

    @Test
    @Order(6)
    void a_days_budget_is_kept_and_the_longest_not_looked_at_come_first() throws Exception {
        scene.advance(Duration.ofDays(1));
        var first = twoKept("c.looked_at, c.id");

        scene.awaitCompleted(scene.ask("integrity-scrub", "{\"budget\": \"5KiB\"}"));
        scene.awaitCompleted(scene.ask("integrity-scrub", "{\"budget\": \"5KiB\"}"));

        assertThat(scene.number("select copies from scrub_day order by utc_day desc limit 1"))
                .isEqualTo(2);
        assertThat(twoKept("c.looked_at desc")).isEqualTo(first);
        assertThat(count("alert where code = 'scrub.behind' and resolved_at is null")).isEqualTo(1);
    }

    @Test
    @Order(7)
    void a_copy_that_is_whole_again_is_called_so_and_its_alert_ends()
            throws IOException, SQLException {
        var bytes = Files.readAllBytes(scene.file(corrupt));
        bytes[SIZE / 2] ^= 1;
        Files.write(scene.file(corrupt), bytes);
        scene.advance(Duration.ofDays(1));

        scene.awaitCompleted(scene.ask("integrity-scrub", "{\"budget\": \"configured\"}"));

        assertThat(scene.text("select health from backup_copy where address = '" + corrupt + "'"))
                .isEqualTo("verified");
        assertThat(count("alert where code = 'backup.corrupt' and resolved_at is null")).isZero();
        assertThat(count("alert where code = 'backup.missing' and resolved_at is null"))
                .isEqualTo(1);
    }

    @Test
    @Order(8)
    void a_store_that_is_away_marks_nothing_and_fails_the_run() throws Exception {
        scene.advance(Duration.ofDays(1));
        var before = scene.text("select string_agg(health, ' ' order by id) from backup_copy");
        scene.store().away();

        var scrub = scene.ask("integrity-scrub", "{\"budget\": \"configured\"}");
        var reconcile = scene.ask("catalogue-reconcile", "{\"remove\": \"orphans\"}");
        for (var run : List.of(scrub, reconcile)) {
            Wait.until(
                    "failed: " + run,
                    Scene.PATIENCE,
                    () -> count("job_run where id = '" + run + "' and state = 'failed'") == 1);
        }
        scene.store().pass();

        assertThat(scene.text("select string_agg(health, ' ' order by id) from backup_copy"))
                .isEqualTo(before);
        assertThat(count("alert where code = 'job.failed' and resolved_at is null")).isEqualTo(2);
    }

    @Test
    @Order(1)
    void each_system_has_lost_the_one_day_that_a_night_may_cost() {
        assertThat(
                        scene.text(
                                "select string_agg(distinct cast(seq as text), ' ') from backup"
                                        + " where state = 'DOOMED'"))
                .isEqualTo("1 2");
        assertThat(count("backup where state = 'DOOMED'")).isEqualTo(2L * SYSTEMS);
        assertThat(count("backup where state = 'TRASHED'")).isEqualTo(2L * SYSTEMS);
        assertThat(count("retention_spent_day")).isEqualTo(SYSTEMS);
        assertThat(count("audit_entry where action = 'systems.day-ended'")).isEqualTo(SYSTEMS);
        assertThat(
                        scene.text(
                                "select concat_ws(' ', systems, expired_count, expired_bytes,"
                                        + " surplus_count, recounted, late) from retention_report"))
                .isEqualTo(SYSTEMS + " " + 2 * SYSTEMS + " " + 2 * SYSTEMS * SIZE + " 0 1 0");
        assertThat(count("audit_entry where action = 'organization.recounted'")).isEqualTo(1);
        assertThat(scene.number("select sum(done) from job_progress where step = 'audit'"))
                .isEqualTo(SYSTEMS);
        assertThat(scene.number("select own_live_bytes from organization_usage"))
                .isEqualTo(4L * SIZE * SYSTEMS);
        assertThat(
                        scene.number(
                                "select count(distinct (live_count, live_bytes, trash_count,"
                                        + " trash_bytes)) from appliance_usage"))
                .isEqualTo(1);
    }

    @Test
    @Order(9)
    void a_preview_tells_what_would_go_and_why_and_changes_nothing() throws Exception {
        var before = scene.text("select string_agg(state, ' ' order by id) from backup");

        var preview =
                scene.ask(
                        "retention-audit",
                        "{\"mode\": \"preview\", \"parts\": \"2\", \"chunk\": \"250\"}");
        scene.awaitCompleted(preview);

        assertThat(scene.text("select string_agg(state, ' ' order by id) from backup"))
                .isEqualTo(before);
        assertThat(
                        scene.text(
                                "select concat_ws(' ', count(*), sum(expired_count), min(verdicts"
                                        + " -> 0 ->> 'action'), min(verdicts -> 0 ->> 'reason')) from"
                                        + " retention_finding where run_id = '"
                                        + preview
                                        + "'"))
                .isEqualTo(SYSTEMS + " " + 2 * SYSTEMS + " erase past the trash period");
        assertThat(count("retention_report where run_id = '" + preview + "' and preview"))
                .isEqualTo(1);
    }

    @Test
    @Order(10)
    void a_late_system_and_an_odd_backup_open_alerts_that_end_with_their_cause() throws Exception {
        scene.awaitCompleted(
                scene.ask(
                        "retention-audit",
                        "{\"mode\": \"apply\", \"parts\": \"2\", \"chunk\": \"250\"}"));
        var overdue = count("alert where code = 'backup.overdue' and resolved_at is null");
        scene.upload(node, system, 1, 5 * SIZE);

        scene.awaitCompleted(
                scene.ask(
                        "retention-audit",
                        "{\"mode\": \"apply\", \"parts\": \"2\", \"chunk\": \"250\"}"));

        assertThat(overdue).isEqualTo(SYSTEMS);
        assertThat(count("alert where code = 'backup.overdue' and resolved_at is null"))
                .isEqualTo(SYSTEMS - 1L);
        assertThat(
                        scene.text(
                                "select subject from alert where code = 'backup.odd-size' and"
                                        + " resolved_at is null"))
                .isEqualTo("system:" + system.id());
        assertThat(count("backup where state = 'TRASHED'")).isZero();
    }

    /** Two copies of backups that are kept, by this order. */
    private static String twoKept(String order) {
        return scene.text(
                """
                select string_agg(id, ' ' order by id) from (
                       select cast(c.id as text) id from backup_copy c join backup b on b.id = c.backup_id
                        where b.state in ('STORED', 'TRASHED') order by %s limit 2) x
                """
                        .formatted(order));
    }

    private static String metric(String kind) throws IOException {
        try (var lines = node.uri("/metrics").toURL().openStream()) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("coffer_reconcile_drift"))
                    .filter(line -> line.contains("kind=\"" + kind + "\""))
                    .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                    .findFirst()
                    .orElse("none");
        }
    }

    private static long count(String what) {
        return scene.number("select count(*) from " + what);
    }
}
