package coffer.fleet;

import static coffer.fleet.OrganizationBed.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.ApplianceClient.Answer;
import coffer.launch.Seed;
import coffer.launch.Wait;

import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Systems through the real API: made, enrolled, found, shut out, and what state they are in. */
class SystemsIT extends SystemBed {

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

    @Test
    void who_still_calls_as_a_client_of_the_old_platform_is_shown_and_listed() {
        var made = create(one, "Old");
        register(made);
        create(two, "New");
        var secret = "%064x".formatted(System.nanoTime());
        var system = new Seed.Firewall(UUID.fromString(id(made)), key(made), secret(made));
        site.legacyPair(system, "old-" + id(made), secret);
        site.client(system)
                .withAuthorization("token " + secret)
                .below("")
                .send("POST", "/isa/heartbeats/store", BodyPublishers.ofString("{}"));

        var seen = admin.get("/systems/" + id(made)).data();
        var any = admin.get("/systems?last_legacy_protocol=any&sort=-last_legacy_at");
        var isa = admin.get("/systems?last_legacy_protocol=isa");
        var v2 = admin.get("/systems?last_legacy_protocol=v2");
        var none = admin.get("/systems?last_legacy_protocol=none");
        var wrong = admin.get("/systems?last_legacy_protocol=smtp");

        assertThat(seen.path("last_legacy_protocol").asText()).isEqualTo("isa");
        assertThat(seen.path("last_legacy_at").asText()).endsWith("Z");
        assertThat(names(any)).containsExactly("Old");
        assertThat(names(isa)).containsExactly("Old");
        assertThat(names(v2)).isEmpty();
        assertThat(names(none)).containsExactly("New");
        assertThat(wrong.status()).isEqualTo(400);
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
}
