package coffer.backup;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.TestSite;
import coffer.launch.Tool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** The main job, as a firewall does it: with the real gpg and curl, on a real server. */
class RoundTripIT {

    private final TestSite site = TestSite.shared();

    @TempDir private Path folder;

    @AfterEach
    void catalogue_and_store_agree() {
        site.check();
    }

    @Test
    void a_backup_encrypted_with_a_passphrase_comes_back_and_decrypts_to_the_same_bytes()
            throws IOException {
        var gpg = Tool.named("gpg");
        var plain = Files.write(folder.resolve("configuration"), bytes(300_000, 1));
        var home = Map.of("GNUPGHOME", home().toString());
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                "correct horse",
                                "--symmetric",
                                "--cipher-algo",
                                "AES256",
                                "-o",
                                folder.resolve("c.gpg").toString(),
                                plain.toString()))
                .orThrow();

        var returned = registerUploadAndDownload(folder.resolve("c.gpg"));
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                "correct horse",
                                "-o",
                                folder.resolve("decrypted").toString(),
                                "--decrypt",
                                returned.toString()))
                .orThrow();

        assertThat(Files.mismatch(plain, folder.resolve("decrypted"))).isEqualTo(-1);
        assertThat(site.number("select count(*) from backup where content_kind = 'pgp-symmetric'"))
                .isPositive();
        stopAgent(home);
    }

    @Test
    void a_backup_encrypted_to_a_recipient_comes_back_and_decrypts_to_the_same_bytes()
            throws IOException {
        var gpg = Tool.named("gpg");
        var plain = Files.write(folder.resolve("configuration"), bytes(2_000_000, 2));
        var home = Map.of("GNUPGHOME", home().toString());
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--passphrase",
                                "",
                                "--quick-generate-key",
                                "firewall@example.org",
                                "ed25519",
                                "cert",
                                "never"))
                .orThrow();
        var print =
                gpg.run(home, List.of("--batch", "--with-colons", "--list-keys"))
                        .orThrow()
                        .output()
                        .lines()
                        .filter(line -> line.startsWith("fpr:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("[^0-9A-F]", "");
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--passphrase",
                                "",
                                "--quick-add-key",
                                print,
                                "cv25519",
                                "encr",
                                "never"))
                .orThrow();
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--trust-model",
                                "always",
                                "--recipient",
                                "firewall@example.org",
                                "-o",
                                folder.resolve("c.gpg").toString(),
                                "--encrypt",
                                plain.toString()))
                .orThrow();

        var returned = registerUploadAndDownload(folder.resolve("c.gpg"));
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                "",
                                "-o",
                                folder.resolve("decrypted").toString(),
                                "--decrypt",
                                returned.toString()))
                .orThrow();

        assertThat(Files.mismatch(plain, folder.resolve("decrypted"))).isEqualTo(-1);
        stopAgent(home);
    }

    /** With curl, as the printed round trip of the launcher does it. */
    private Path registerUploadAndDownload(Path encrypted) throws IOException {
        var curl = Tool.named("curl");
        var system = site.unregistered();
        var login = system.key() + ":" + system.secret();

        var registered =
                curl.run(
                                "-sS",
                                "--fail-with-body",
                                "-H",
                                "Content-Type: application/json",
                                "-d",
                                "{\"system_secret\": \"" + system.secret() + "\"}",
                                site.node().uri("/api/systems/register").toString())
                        .orThrow();
        var stored =
                curl.run(
                                "-sS",
                                "--fail-with-body",
                                "-u",
                                login,
                                "-H",
                                "X-Filename: c.tar.gz.gpg",
                                "--data-binary",
                                "@" + encrypted,
                                "-H",
                                "Content-Type: application/octet-stream",
                                site.node().uri("/api/systems/backups").toString())
                        .orThrow();
        var listed =
                curl.run(
                                "-sS",
                                "--fail-with-body",
                                "-u",
                                login,
                                site.node().uri("/api/systems/backups").toString())
                        .orThrow();
        var id = ApplianceClient.parse(listed.output()).at("/data/backups/0/id").asText();
        var returned = folder.resolve("returned.gpg");
        curl.run(
                        "-sS",
                        "--fail",
                        "-u",
                        login,
                        "-o",
                        returned.toString(),
                        site.node().uri("/api/systems/backups/" + id).toString())
                .orThrow();

        assertThat(ApplianceClient.parse(registered.output()).at("/data/system_key").asText())
                .isEqualTo(system.key());
        assertThat(ApplianceClient.parse(stored.output()).at("/data/id").asText())
                .isEqualTo(id)
                .endsWith(".gpg");
        assertThat(Files.mismatch(encrypted, returned)).isEqualTo(-1);
        return returned;
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
    void the_list_is_complete_and_newest_first_and_empty_is_an_array() {
        var client = site.client();

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
        var client = site.client();
        site.store().resetCounts();

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

    private Path home() throws IOException {
        // Short, for the agent's socket: a test's own folder may be too deep for one.
        return Files.createTempDirectory(
                Path.of(System.getProperty("java.io.tmpdir")),
                "g",
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));
    }

    /** gpg leaves an agent behind, which ends by itself once its folder is gone. */
    private static void stopAgent(Map<String, String> home) throws IOException {
        var folder = Path.of(home.get("GNUPGHOME"));
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }

    private static List<String> fields(com.fasterxml.jackson.databind.JsonNode node) {
        var names = new java.util.ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    static byte[] bytes(int count, long seed) {
        var bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
