package coffer.intake;

import static coffer.launch.Bodies.bytes;
import static coffer.launch.Bodies.sha256;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;

/** What a system sees of the backups it sent, and what it may do to them. */
class ListAndDownloadIT {

    private final TestSite site = TestSite.shared();

    @AfterEach
    void catalogue_and_store_agree() {
        site.check();
    }

    @Test
    void the_list_is_complete_and_newest_first_and_empty_is_an_array() {
        var system = site.system();
        var client = site.client(system);
        site.store()
                .resetCounts(seen -> (seen.path() + seen.query()).contains(system.id().toString()));
        var empty = client.list();
        var first = client.upload(bytes(100, 4), "a.bin");
        var second = client.upload(bytes(100, 5), "b.bin");
        var listed = client.list();

        assertThat(empty.status()).isEqualTo(200);
        assertThat(empty.data().toString()).isEqualTo("{\"backups\":[]}");
        assertThat(listed.message()).isEqualTo("backups listed");
        assertThat(client.ids()).containsExactly(second.id(), first.id());
        assertThat(listed.data().at("/backups/1")).isEqualTo(first.data());
        assertThat(site.store().count("ListObjects")).as("storage calls of a list").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api", "/collect/api", "/backend/api"})
    void aliases_and_trailing_slashes_are_the_same_place_and_nothing_redirects(String base) {
        var client = site.client().below(base);
        var body = bytes(2_000, base.length());

        var stored = client.send("POST", "/systems/backups/", BodyPublishers.ofByteArray(body));
        var listed = client.send("GET", "/systems/backups/", BodyPublishers.noBody());
        var returned =
                client.send(
                        "GET", "/systems/backups/" + stored.id() + "/", BodyPublishers.noBody());
        var deleted =
                client.send(
                        "DELETE", "/systems/backups/" + stored.id() + "/", BodyPublishers.noBody());

        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.data().path("filename").asText()).startsWith("backup-");
        assertThat(stored.header("Location"))
                .contains("/api/systems/backups/")
                .doesNotContain("collect")
                .doesNotContain("backend");
        assertThat(listed.data().at("/backups/0/id").asText()).isEqualTo(stored.id());
        assertThat(returned.bytes()).isEqualTo(body);
        assertThat(deleted.status()).isEqualTo(200);
    }

    @Test
    void a_download_carries_the_headers_that_let_a_client_trust_it() {
        var client = site.client();
        var body = bytes(70_000, 6);
        var id = client.upload(body, "night.tar.xz", "Content-Type", "text/html").id();

        var answer = client.download(id);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(body);
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Length")).isEqualTo("70000");
        assertThat(answer.header("ETag")).isEqualTo("\"" + sha256(body) + "\"");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"night.tar.xz\"");
    }

    @Test
    void ranges_and_conditions_are_honoured() {
        var client = site.client();
        var body = bytes(70_000, 7);
        var id = client.upload(body, "night.bin").id();
        var tag = "\"" + sha256(body) + "\"";

        var middle = client.download(id, "Range", "bytes=100-199");
        var tail = client.download(id, "Range", "bytes=-10");
        var rest = client.download(id, "Range", "bytes=69990-");
        var beyond = client.download(id, "Range", "bytes=70000-");
        var same = client.download(id, "If-None-Match", tag);
        var other = client.download(id, "If-None-Match", "\"00\"");
        var changed = client.download(id, "Range", "bytes=0-9", "If-Range", "\"00\"");

        assertThat(middle.status()).isEqualTo(206);
        assertThat(middle.bytes()).isEqualTo(Arrays.copyOfRange(body, 100, 200));
        assertThat(middle.header("Content-Range")).isEqualTo("bytes 100-199/70000");
        assertThat(tail.bytes()).isEqualTo(Arrays.copyOfRange(body, 69_990, 70_000));
        assertThat(rest.bytes()).isEqualTo(tail.bytes());
        assertThat(beyond.status()).isEqualTo(416);
        assertThat(beyond.header("Content-Range")).isEqualTo("bytes */70000");
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.bytes()).isEmpty();
        assertThat(other.status()).isEqualTo(200);
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.bytes()).isEqualTo(body);
    }

    @Test
    void a_deleted_backup_is_gone_for_the_appliance_and_its_bytes_wait_in_the_trash() {
        var client = site.client();
        var kept = client.upload(bytes(1_000, 8), "a.bin").id();
        var id = client.upload(bytes(1_000, 9), "b.bin").id();

        var deleted = client.delete(id);

        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.message()).isEqualTo("backup deleted");
        assertThat(deleted.id()).isEqualTo(id);
        assertThat(client.ids()).containsExactly(kept);
        assertThat(client.download(id).status()).isEqualTo(404);
        assertThat(client.delete(id).status()).isEqualTo(404);
        assertThat(state(id)).isEqualTo("TRASHED");
    }

    @Test
    void an_id_is_the_same_in_upper_case() {
        var client = site.client();
        var body = bytes(500, 10);
        var id = client.upload(body, "A.TAR.GZ").id();

        var answer = client.download(id.toUpperCase(java.util.Locale.ROOT));

        assertThat(id).endsWith(".tar.gz");
        assertThat(answer.bytes()).isEqualTo(body);
    }

    private String state(String id) {
        try (var connection = site.instance().connect();
                var query =
                        connection.prepareStatement(
                                "select state from backup where id = cast(? as uuid)")) {
            query.setString(1, id.substring(0, 36));
            var rows = query.executeQuery();
            rows.next();
            return rows.getString(1);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
