package coffer.intake;

import static coffer.launch.Bodies.bytes;
import static coffer.launch.Bodies.sha256;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/** What an accepted upload answers, stores and costs (api.md section 2). */
class UploadIT {

    private final TestSite site = TestSite.shared();

    @AfterEach
    void catalogue_and_store_agree() {
        site.check();
    }

    @Test
    void the_upload_answers_what_the_contract_says() {
        var before = Instant.now().minusSeconds(5);
        var body = bytes(5_000, 3);

        var answer =
                site.client()
                        .upload(
                                body,
                                "fw.tar.gz",
                                "Content-Type",
                                "application/gzip",
                                "X-Request-Id",
                                "night-17.a_b");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("code").asInt()).isEqualTo(201);
        assertThat(answer.message()).isEqualTo("backup stored");
        assertThat(fields(answer.data()))
                .containsExactlyInAnyOrder(
                        "id", "filename", "size", "sha256", "mimetype", "uploaded_at");
        assertThat(answer.id())
                .matches(
                        "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\.tar\\.gz");
        assertThat(answer.data().path("filename").asText()).isEqualTo("fw.tar.gz");
        assertThat(answer.data().path("size").asLong()).isEqualTo(5_000);
        assertThat(answer.data().path("sha256").asText()).isEqualTo(sha256(body));
        assertThat(answer.data().path("mimetype").asText()).isEqualTo("application/gzip");
        assertThat(answer.data().path("uploaded_at").asText()).endsWith("Z");
        assertThat(Instant.parse(answer.data().path("uploaded_at").asText())).isAfter(before);
        assertThat(answer.header("Location"))
                .isEqualTo(site.node().uri("/api/systems/backups/" + answer.id()).toString());
        assertThat(answer.header("X-Request-Id")).isEqualTo("night-17.a_b");
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
    }

    @Test
    void the_bytes_kept_are_the_bytes_sent_whatever_the_headers_claim() {
        var client = site.client();
        var gzip =
                HexFormat.of()
                        .parseHex(
                                "1f8b08000000000000034b4c4a06004241243503000000"); // "abc", as gzip
        // would send it

        var encoded = client.upload(gzip, "a.gz", "Content-Encoding", "gzip");
        var form =
                client.upload(
                        "a=1&b=2".getBytes(java.nio.charset.StandardCharsets.US_ASCII),
                        "form.bin",
                        "Content-Type",
                        "application/x-www-form-urlencoded");
        var parts =
                client.upload(
                        bytes(900, 11),
                        "parts.bin",
                        "Content-Type",
                        "multipart/form-data; boundary=x");

        assertThat(encoded.status()).isEqualTo(201);
        assertThat(client.download(encoded.id()).bytes()).isEqualTo(gzip);
        assertThat(form.status()).isEqualTo(201);
        assertThat(client.download(form.id()).text()).isEqualTo("a=1&b=2");
        assertThat(parts.data().path("mimetype").asText()).isEqualTo("application/octet-stream");
        assertThat(client.download(parts.id()).bytes()).isEqualTo(bytes(900, 11));
    }

    @Test
    void a_backup_larger_than_memory_allows_goes_through_a_file_that_is_gone_at_once() {
        var client = site.client();
        var body = bytes(20 * 1024 * 1024, 12);

        var stored = client.upload(body, "big.tar.zst", "X-Checksum-Sha256", sha256(body));

        assertThat(stored.status()).isEqualTo(201);
        assertThat(stored.id()).endsWith(".tar.zst");
        assertThat(client.download(stored.id()).bytes()).isEqualTo(body);
    }

    @Test
    void an_upload_is_one_storage_call_and_a_list_none() {
        var system = site.system();
        var client = site.client(system);

        site.store()
                .resetCounts(seen -> (seen.path() + seen.query()).contains(system.id().toString()));

        client.upload(bytes(100_000, 13), "one.bin");
        var afterUpload = site.store().count("PutObject");
        client.list();

        assertThat(afterUpload).isEqualTo(1);
        assertThat(site.store().counts()).containsOnlyKeys("PutObject");
    }

    @Test
    void what_is_sent_again_is_stored_once_and_only_the_newest_counts() {
        var client = site.client();

        var a = client.upload(bytes(400, 14), "a.bin");
        var again = client.upload(bytes(400, 14), "a.bin");
        var b = client.upload(bytes(400, 15), "b.bin");
        var third = client.upload(bytes(400, 14), "a.bin");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.message()).isEqualTo("backup already stored");
        assertThat(again.data()).isEqualTo(a.data());
        assertThat(third.status()).isEqualTo(201);
        assertThat(client.ids()).containsExactly(third.id(), b.id(), a.id());
    }

    @Test
    void after_a_day_the_same_bytes_are_a_new_backup() {
        var client = site.client();

        var first = client.upload(bytes(400, 16), "a.bin");
        site.sql(
                "update backup set uploaded_at = uploaded_at - interval '25 hours' where id = '"
                        + first.id().substring(0, 36)
                        + "'");
        var second = client.upload(bytes(400, 16), "a.bin");

        assertThat(second.status()).isEqualTo(201);
        assertThat(client.ids()).hasSize(2);
    }

    private static List<String> fields(com.fasterxml.jackson.databind.JsonNode node) {
        var names = new java.util.ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
