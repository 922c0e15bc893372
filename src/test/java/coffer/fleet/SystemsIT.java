package coffer.fleet;

import static coffer.fleet.OrganizationsIT.bytes;
import static coffer.fleet.OrganizationsIT.made;
import static coffer.fleet.OrganizationsIT.policy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.ApplianceClient.Answer;
import coffer.launch.FaultProxy;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Systems through the real API: made, enrolled, found, rotated, replaced, reassigned. */
class SystemsIT {

    private final TestSite site = FleetSite.shared();
    private FleetSite.Person owner;
    private FleetSite.Person admin;
    private String reseller;
    private String one;
    private String two;

    @BeforeEach
    void grow() {
        owner = FleetSite.person(FleetSite.owner(), "super-admin");
        reseller = made(owner, "reseller", FleetSite.owner().toString(), "Rossi");
        one = made(owner, "customer", reseller, "One");
        two = made(owner, "customer", reseller, "Two");
        admin = FleetSite.person(UUID.fromString(reseller), "admin");
    }

    @AfterEach
    void the_catalogue_agrees() {
        site.check();
    }

    @Test
    void a_new_system_registers_by_the_secret_that_is_told_once_and_uploads() {
        var made = create(one, "fw-1");
        var client = client(made);
        var early = client.list();

        var registered = register(made);
        var stored = client.upload(bytes(2_000, 1), "a.bin");
        var seen = admin.get("/systems/" + id(made));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).endsWith("/api/systems/" + id(made));
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        assertThat(early.status()).isEqualTo(401);
        assertThat(registered.status()).isEqualTo(200);
        assertThat(stored.status()).isEqualTo(201);
        assertThat(seen.text()).doesNotContain(secret(made));
        assertThat(seen.data().path("registered").asBoolean()).isTrue();
        assertThat(seen.data().path("backup_state").asText()).isEqualTo("fresh");
        assertThat(seen.data().path("usage").path("bytes").asLong()).isEqualTo(2_000);
    }

    @Test
    void a_list_is_narrowed_searched_sorted_and_paged() {
        for (var i = 1; i <= 4; i++) {
            create(i % 2 == 0 ? two : one, "Fw " + i);
        }
        register(create(two, "Beating"));
        var beating = client(create(one, "Silent"));
        assertThat(beating.list().status()).isEqualTo(401);

        var all = admin.get("/systems?sort=-name");
        var page = admin.get("/systems?search=fW&page=2&page_size=3");
        var below = admin.get("/systems?include_hierarchy=true&organization_id=" + reseller);
        var own = admin.get("/systems?organization_id=" + reseller);
        var never = admin.get("/systems?backup_state=never&organization_id=" + two);
        var unknown = admin.get("/systems?status=unknown&sort=organization");
        var foreign =
                FleetSite.person(UUID.fromString(two), "reader")
                        .get("/systems?organization_id=" + one);
        var root = owner.get("/systems?sort=-created_at&page_size=1");
        var wrong = admin.get("/systems?backup_state=bad");

        assertThat(names(all)).containsExactly("Silent", "Fw 4", "Fw 3", "Fw 2", "Fw 1", "Beating");
        assertThat(names(page)).containsExactly("Fw 4");
        assertThat(page.data().path("pagination").path("total_count").asInt()).isEqualTo(4);
        assertThat(names(below)).hasSize(6);
        assertThat(names(own)).isEmpty();
        assertThat(names(never)).containsExactly("Beating", "Fw 2", "Fw 4");
        assertThat(names(unknown)).hasSize(6).startsWith("Fw 1");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(names(root)).containsExactly("Silent");
        assertThat(wrong.status()).isEqualTo(400);
    }

    @Test
    void a_suspended_or_deleted_system_is_shut_out_and_let_in_again() {
        var made = create(one, "fw");
        register(made);
        var client = client(made);
        var path = "/systems/" + id(made);

        var suspended = admin.patch(path + "/suspend");
        var shut = client.list();
        admin.patch(path + "/reactivate");
        var open = client.list();
        var deleted = admin.delete(path);
        var gone = client.list();
        var update = admin.put(path, "{\"name\": \"x\"}");
        var hidden = admin.get("/systems");
        var listed = admin.get("/systems?status=deleted");
        owner.delete("/organizations/" + one);
        var early = admin.patch(path + "/restore");
        owner.patch("/organizations/" + one + "/restore");
        var restored = admin.patch(path + "/restore");

        assertThat(suspended.data().path("backup_state").asText()).isEqualTo("paused");
        assertThat(shut.status()).isEqualTo(401);
        assertThat(open.status()).isEqualTo(200);
        assertThat(deleted.data().path("actions").toString()).contains("restore");
        assertThat(gone.status()).isEqualTo(401);
        assertThat(update.status()).isEqualTo(409);
        assertThat(names(hidden)).isEmpty();
        assertThat(names(listed)).containsExactly("fw");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.message()).isEqualTo("organization is deleted");
        assertThat(restored.status()).isEqualTo(200);
        assertThat(client.list().status()).isEqualTo(200);
    }

    @Test
    void an_overlap_lets_both_secrets_in_and_ends_on_time() {
        var made = create(one, "fw");
        register(made);
        var old = client(made);

        var rotated =
                admin.post(
                        "/systems/" + id(made) + "/regenerate-secret",
                        "{\"overlap_seconds\": 600}");
        var renewed = client(rotated);
        var during = List.of(old.list().status(), renewed.list().status());
        site.advance(Duration.ofSeconds(601));
        Wait.until(
                "the old secret ended", Duration.ofSeconds(60), () -> old.list().status() == 401);
        var after = renewed.list();
        var atOnce = admin.post("/systems/" + id(made) + "/regenerate-secret", "{}");

        assertThat(during).containsExactly(200, 200);
        assertThat(after.status()).isEqualTo(200);
        assertThat(renewed.list().status()).isEqualTo(401);
        assertThat(client(atOnce).list().status()).isEqualTo(200);
    }

    @Test
    void a_reissued_secret_registers_once_and_ends_the_old_one() {
        var made = create(one, "fw");
        register(made);
        var old = client(made);
        old.upload(bytes(1_000, 1), "a.bin");

        var reissued = admin.post("/systems/" + id(made) + "/reissue", null);
        var replacement = client(reissued);
        var before = List.of(old.list().status(), replacement.list().status());
        var registered = register(reissued);
        var after = List.of(old.list().status(), replacement.list().status());
        var again = register(reissued);

        assertThat(before).containsExactly(200, 401);
        assertThat(registered.status()).as(registered.toString()).isEqualTo(200);
        assertThat(registered.data().path("system_key").asText()).isEqualTo(key(made));
        assertThat(after).containsExactly(401, 200);
        assertThat(replacement.ids()).hasSize(1);
        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void a_reassigned_system_keeps_everything_and_its_usage_goes_along() {
        policy(owner, one, "{\"quota_bytes\": 50000}");
        policy(owner, two, "{\"quota_bytes\": 50000}");
        policy(owner, reseller, "{\"quota_bytes\": 90000}");
        var made = create(one, "fw");
        register(made);
        var client = client(made);
        client.upload(bytes(10_000, 1), "a.bin");
        var ids = client.ids();

        var moved = reassign(id(made), two);
        client.upload(bytes(5_000, 2), "b.bin");

        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        assertThat(client.ids()).containsAll(ids).hasSize(2);
        assertThat(live(one)).isZero();
        assertThat(live(two)).isEqualTo(15_000);
        assertThat(live(reseller)).isEqualTo(15_000);
        assertThat(
                        FleetSite.person(UUID.fromString(one), "admin")
                                .get("/systems/" + id(made))
                                .status())
                .isEqualTo(403);
        assertThat(
                        FleetSite.person(UUID.fromString(two), "admin")
                                .get("/systems/" + id(made))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_reassignment_into_a_full_suspended_deleted_or_foreign_organization_changes_nothing() {
        var made = create(one, "fw");
        register(made);
        client(made).upload(bytes(10_000, 1), "a.bin");
        policy(owner, two, "{\"quota_bytes\": 9999}");
        var asleep = made(owner, "customer", reseller, "Asleep");
        owner.patch("/organizations/" + asleep + "/suspend");
        var gone = made(owner, "customer", reseller, "Gone");
        owner.delete("/organizations/" + gone);
        var foreign = made(owner, "customer", FleetSite.owner().toString(), "Foreign");

        var full = reassign(id(made), two);
        var suspended = reassign(id(made), asleep);
        var deleted = reassign(id(made), gone);
        var outside = reassign(id(made), foreign);

        assertThat(full.status()).isEqualTo(409);
        assertThat(full.message()).isEqualTo("organization backup quota exceeded");
        assertThat(suspended.message()).isEqualTo("organization is suspended");
        assertThat(deleted.message()).isEqualTo("organization is deleted");
        assertThat(outside.status()).isEqualTo(403);
        assertThat(organization(made)).isEqualTo(one);
        assertThat(own(two) + own(asleep) + own(gone)).isZero();
    }

    @Test
    void an_upload_under_way_lands_under_the_new_owner_with_exact_usage_in_both() throws Exception {
        policy(owner, one, "{\"quota_bytes\": 5000000}");
        policy(owner, two, "{\"quota_bytes\": 5000000}");
        var made = create(one, "fw");
        register(made);
        var client = client(made);
        client.upload(bytes(10_000, 1), "a.bin");
        site.store().faultNext(FaultProxy.Fault.HANG_AFTER, 1, "PutObject");

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var upload = pool.submit(() -> client.upload(bytes(400_000, 2), "b.bin"));
            site.store().awaitHanging(1, Duration.ofSeconds(60));
            var reserved = reserved(one);
            var moved = reassign(id(made), two);
            var reservedThere = reserved(two);
            site.store().release();
            site.store().pass();

            assertThat(reserved).isEqualTo(400_000);
            assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
            assertThat(reservedThere).isEqualTo(400_000);
            assertThat(upload.get().status()).isEqualTo(201);
        } finally {
            site.store().release();
            site.store().pass();
        }

        assertThat(client.ids()).hasSize(2);
        assertThat(live(one) + reserved(one)).isZero();
        assertThat(live(two)).isEqualTo(410_000);
        site.checkSettled();
    }

    @Test
    void reassignments_and_uploads_at_once_leave_exact_books() throws Exception {
        for (var organization : List.of(one, two)) {
            policy(owner, organization, "{\"quota_bytes\": 50000000}");
        }
        var systems = new ArrayList<Answer>();
        for (var i = 0; i < 4; i++) {
            var made = create(one, "fw " + i);
            register(made);
            systems.add(made);
        }

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            for (var system : systems) {
                var client = client(system);
                pool.submit(() -> {
                    start.await();
                    for (var i = 0; i < 8; i++) {
                        client.upload(bytes(3_000, i), "a" + i + ".bin");
                    }
                    return null;
                });
                for (var target : List.of(two, one, two)) {
                    pool.submit(() -> {
                        start.await();
                        return reassign(id(system), target);
                    });
                }
            }
            start.countDown();
        }

        site.checkSettled();
        assertThat(live(one) + live(two)).isEqualTo(live(reseller, systems));
    }

    @Test
    void states_follow_from_cadence_and_signs_of_change() {
        var made = create(one, "fw");
        register(made);
        var client = client(made);
        client.upload(bytes(1_000, 1), "a.bin");
        inventory(client, "{\"a\": 1}");
        var path = "/systems/" + id(made);

        var fresh = state(path);
        past(made, "1 day 1 minute");
        var due = state(path);
        past(made, "1 day");
        var late = state(path);
        site.sql(
                "update appliance_inventory set changed_at = changed_at - interval '30 days' where"
                        + " appliance_id = '"
                        + id(made)
                        + "'");
        var unchanged = state(path);
        past(made, "5 days");
        var overdue = state(path);
        Wait.until("an alert", Duration.ofSeconds(60), () -> alerts(made) == 1);
        admin.put(path, "{\"name\": \"fw\", \"cadence_seconds\": 7776000}");
        var declared = state(path);
        Wait.until("its end", Duration.ofSeconds(60), () -> alerts(made) == 0);

        assertThat(List.of(fresh, due, late, unchanged, overdue, declared))
                .containsExactly("fresh", "due", "late", "fresh", "overdue", "fresh");
    }

    @Test
    void a_hold_on_a_system_is_lifted_at_its_setters_level_or_above() {
        var made = create(one, "fw");
        register(made);
        var path = "/systems/" + id(made) + "/hold";

        var set = admin.post(path, "{\"reason\": \"case\"}");
        var below = FleetSite.person(UUID.fromString(one), "admin").delete(path);
        var seen = admin.get("/systems/" + id(made));
        var lifted = owner.delete(path);

        assertThat(set.status()).isEqualTo(200);
        assertThat(below.status()).isEqualTo(403);
        assertThat(seen.data().path("held").asBoolean()).isTrue();
        assertThat(lifted.status()).isEqualTo(200);
    }

    private long alerts(Answer made) {
        return site.number(
                "select count(*) from alert where code = 'backup.overdue' and resolved_at is null"
                        + " and subject = 'system:"
                        + id(made)
                        + "'");
    }

    private void past(Answer made, String by) {
        site.sql(
                "update appliance_usage set last_upload_at = last_upload_at - interval '"
                        + by
                        + "', due_at = due_at - interval '"
                        + by
                        + "', late_at = late_at - interval '"
                        + by
                        + "', overdue_at = overdue_at - interval '"
                        + by
                        + "' where appliance_id = '"
                        + id(made)
                        + "'");
    }

    private String state(String path) {
        return admin.get(path).data().path("backup_state").asText();
    }

    private static void inventory(ApplianceClient client, String json) {
        client.send(
                "POST",
                "/systems/inventory",
                BodyPublishers.ofString(json),
                "Content-Type",
                "application/json");
    }

    private Answer create(String organization, String name) {
        return admin.post(
                "/systems",
                "{\"organization_id\": \"%s\", \"name\": \"%s\", \"type\": \"firewall\"}"
                        .formatted(organization, name));
    }

    private Answer reassign(String system, String organization) {
        return admin.post(
                "/systems/" + system + "/reassign",
                "{\"organization_id\": \"" + organization + "\"}");
    }

    private Answer register(Answer made) {
        return site.client(new Seed.Firewall(UUID.randomUUID(), "x", "y"))
                .withAuthorization(null)
                .send(
                        "POST",
                        "/systems/register",
                        BodyPublishers.ofString("{\"system_secret\": \"" + secret(made) + "\"}"));
    }

    private ApplianceClient client(Answer made) {
        return site.client(new Seed.Firewall(UUID.randomUUID(), key(made), secret(made)));
    }

    private static String key(Answer made) {
        return made.data().path("system_key").asText();
    }

    private static String secret(Answer made) {
        return made.data().path("system_secret").asText();
    }

    private static String id(Answer made) {
        return made.data().path("system").path("id").asText();
    }

    private String organization(Answer made) {
        return admin.get("/systems/" + id(made)).data().path("organization").path("id").asText();
    }

    private long live(String organization) {
        return sum("tree_live_bytes", organization);
    }

    private long reserved(String organization) {
        return sum("tree_reserved_bytes", organization);
    }

    private long own(String organization) {
        return sum("own_live_bytes + own_reserved_bytes", organization);
    }

    private long sum(String what, String organization) {
        return site.number(
                "select coalesce(sum("
                        + what
                        + "), 0) from organization_usage where organization_id = '"
                        + organization
                        + "'");
    }

    private long live(String any, List<Answer> systems) {
        return systems.stream()
                .mapToLong(made ->
                        site.number(
                                "select live_bytes from appliance_usage where appliance_id = '"
                                        + id(made)
                                        + "'"))
                .sum();
    }

    private static List<String> names(Answer list) {
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        var names = new ArrayList<String>();
        list.data().path("systems").forEach(system -> names.add(system.path("name").asText()));
        return names;
    }
}
