package coffer.fleet;

import static coffer.fleet.OrganizationBed.bytes;
import static coffer.fleet.OrganizationBed.made;
import static coffer.fleet.OrganizationBed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.ApplianceClient.Answer;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Backups from above: listed, downloaded from the store, trashed, brought back, pinned. */
class SystemBackupsIT {

    private final TestSite site = FleetSite.shared();
    private FleetSite.Person admin;
    private FleetSite.Person reader;
    private String customer;
    private Seed.Firewall system;
    private ApplianceClient client;
    private String path;

    @BeforeEach
    void grow() {
        var owner = FleetSite.person(FleetSite.owner(), "super-admin");
        customer = made(owner, "customer", FleetSite.owner().toString(), "One");
        policy(owner, customer, "{\"max_backups\": 5, \"max_bytes\": 100000}");
        admin = FleetSite.person(UUID.fromString(customer), "admin");
        reader = FleetSite.person(UUID.fromString(customer), "reader");
        system = site.system(UUID.fromString(customer));
        client = site.client(system);
        path = "/systems/" + system.id() + "/backups";
    }

    @AfterEach
    void the_catalogue_agrees() {
        site.check();
    }

    @Test
    void a_list_tells_what_is_left_and_pages_by_number_or_cursor() {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 4; i++) {
            ids.add(client.upload(bytes(1_000, i), "a" + i + ".gpg").id());
        }

        var first = reader.get(path + "?page_size=3");
        client.upload(bytes(1_000, 9), "late.gpg");
        var cursor = first.data().path("cursor").asText();
        var rest = reader.get(path + "?page_size=3&cursor=" + cursor);
        var second = reader.get(path + "?page_size=3&page=2");
        var wrong = reader.get(path + "?cursor=abc");

        assertThat(first.data().path("quota_used_bytes").asLong()).isEqualTo(4_000);
        assertThat(first.data().path("quota_max_bytes").asLong()).isEqualTo(100_000);
        assertThat(first.data().path("slots_used").asLong()).isEqualTo(4);
        assertThat(first.data().path("slots_max").asLong()).isEqualTo(5);
        assertThat(first.data().path("state").asText()).isEqualTo("fresh");
        assertThat(first.data().path("last_backup_at").asText()).isNotEmpty();
        assertThat(ids(first)).containsExactly(ids.get(3), ids.get(2), ids.get(1));
        assertThat(ids(rest)).containsExactly(ids.get(0));
        assertThat(rest.data().path("cursor").isNull()).isTrue();
        assertThat(ids(second)).containsExactly(ids.get(1), ids.get(0));
        assertThat(wrong.status()).isEqualTo(400);
    }

    @Test
    void a_download_comes_from_the_store_under_the_composed_name_and_is_audited() throws Exception {
        var body = bytes(5_000, 1);
        var id = client.upload(body, "config.html", "Content-Type", "text/html").id();

        var answer = reader.get(path + "/" + id + "/download");
        var url = answer.data().path("download_url").asText();
        var bytes =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(url)).build(),
                                BodyHandlers.ofByteArray());

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.data().path("expires_in_seconds").asInt()).isEqualTo(300);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(bytes.statusCode()).isEqualTo(200);
        assertThat(bytes.body()).isEqualTo(body);
        assertThat(bytes.headers().firstValue("Content-Type").orElse(""))
                .isEqualTo("application/octet-stream");
        assertThat(bytes.headers().firstValue("Content-Disposition").orElse(""))
                .matches(
                        "attachment; filename=\"config_\\d{4}-\\d\\d-\\d\\d_\\d\\d-\\d\\d-\\d\\d\\.html\"");
        assertThat(audited("backup.download", id)).isEqualTo(1);
    }

    @Test
    void restricted_downloads_are_for_those_who_manage_backups() {
        var id = client.upload(bytes(1_000, 1), "a.gpg").id();
        policy(
                admin,
                customer,
                "{\"max_backups\": 5, \"max_bytes\": 100000, \"downloads\": \"restricted\"}");

        var byReader = reader.get(path + "/" + id + "/download");
        var bySupport =
                FleetSite.person(UUID.fromString(customer), "support")
                        .get(path + "/" + id + "/download");

        assertThat(byReader.status()).isEqualTo(403);
        assertThat(byReader.message()).isEqualTo("insufficient permissions");
        assertThat(bySupport.status()).isEqualTo(200);
    }

    @Test
    void a_deleted_backup_waits_in_the_trash_and_comes_back_pinned_for_a_week() {
        var id = client.upload(bytes(1_000, 1), "a.gpg").id();
        client.upload(bytes(1_000, 2), "b.gpg");

        var deleted = admin.delete(path + "/" + id);
        var listed = client.ids();
        var trash = admin.get(path + "?state=trashed");
        var again = admin.delete(path + "/" + id);
        var back = admin.post(path + "/" + id + "/untrash", null);
        var twice = admin.post(path + "/" + id + "/untrash", null);
        for (var i = 3; i < 12; i++) {
            client.upload(bytes(1_000, i), "c" + i + ".gpg");
        }

        assertThat(deleted.data().path("trashed_by").asText()).isEqualTo("person");
        assertThat(listed).doesNotContain(id).hasSize(1);
        assertThat(ids(trash)).containsExactly(id);
        assertThat(trash.data().path("backups").get(0).path("actions").toString())
                .contains("untrash");
        assertThat(again.status()).isEqualTo(404);
        assertThat(back.data().path("pinned").asBoolean()).isTrue();
        assertThat(back.data().path("pinned_until").asText()).isNotEmpty();
        assertThat(twice.status()).isEqualTo(404);
        assertThat(client.ids()).contains(id).hasSize(5);
    }

    @Test
    void pins_keep_backups_and_leave_two_places_and_half_the_bytes() {
        var ids = new ArrayList<String>();
        for (var i = 0; i < 5; i++) {
            ids.add(client.upload(bytes(12_000, i), "a" + i + ".gpg").id());
        }

        var pinned = new ArrayList<Integer>();
        for (var id : ids) {
            pinned.add(admin.post(path + "/" + id + "/pin", null).status());
        }
        var protectedOne = client.delete(ids.get(1));
        for (var i = 10; i < 16; i++) {
            client.upload(bytes(1_000, i), "b" + i + ".gpg");
        }
        var kept = client.ids();
        admin.delete(path + "/" + ids.get(1) + "/pin");
        client.upload(bytes(1_000, 20), "c.gpg");

        assertThat(pinned).containsExactly(200, 200, 200, 409, 409);
        assertThat(protectedOne.status()).isEqualTo(409);
        assertThat(kept).containsAll(ids.subList(0, 3)).hasSize(5);
        assertThat(client.ids()).contains(ids.get(0), ids.get(2)).doesNotContain(ids.get(1));
    }

    @Test
    void a_foreign_an_unknown_and_a_misspelt_backup_are_told_apart() {
        var id = client.upload(bytes(1_000, 1), "a.gpg").id();
        var other = site.system(site.customer());

        var foreign = admin.get("/systems/" + other.id() + "/backups");
        var elsewhere =
                FleetSite.person(FleetSite.owner(), "admin")
                        .delete("/systems/" + other.id() + "/backups/" + id);
        var unknown = admin.delete(path + "/" + UUID.randomUUID() + ".gpg");
        var misspelt = admin.get(path + "/x/download");
        var wrongExtension = admin.get(path + "/" + id.replace(".gpg", ".bin") + "/download");
        var forbidden = reader.delete(path + "/" + id);

        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.message()).isEqualTo("access denied to system");
        assertThat(elsewhere.status()).isEqualTo(404);
        assertThat(unknown.status()).isIn(400, 404);
        assertThat(misspelt.status()).isEqualTo(400);
        assertThat(misspelt.message()).isEqualTo("invalid backup id");
        assertThat(wrongExtension.status()).isEqualTo(404);
        assertThat(forbidden.status()).isEqualTo(403);
    }

    private long audited(String action, String id) {
        return site.number(
                "select count(*) from audit_entry where action = '"
                        + action
                        + "' and subject = 'backup:"
                        + id.substring(0, 36)
                        + "'");
    }

    private static List<String> ids(Answer list) {
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        var ids = new ArrayList<String>();
        list.data().path("backups").forEach(backup -> ids.add(backup.path("id").asText()));
        return ids;
    }
}
