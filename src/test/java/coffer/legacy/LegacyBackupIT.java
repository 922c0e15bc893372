package coffer.legacy;

import static coffer.launch.Bodies.bytes;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Backups as the installed base sends, lists, gets and deletes them. */
class LegacyBackupIT {

    private static final String NAME =
            "7791926e6cee5455e06eb59e645737ae6a4b542a4f6014a213cb00648789b043.gpg";

    private final TestSite site = TestSite.shared();
    private final OldClient client = OldClient.of(site);

    @TempDir private Path folder;

    @AfterEach
    void nothing_is_left_reserved_and_catalogue_and_store_agree() {
        site.checkSettled();
    }

    private Path file(String name, int size, long seed) throws IOException {
        return Files.write(folder.resolve(name), bytes(size, seed));
    }

    private Tool.Result get(String path) {
        return OldClient.curl(
                List.of("--silent", "--user", client.pair(), client.uri(path).toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enterprise", "community"})
    void the_scripts_of_the_firmware_upload_list_download_and_delete(String kind)
            throws IOException {
        var sent = file(NAME, 300_000, 1);
        var before = Instant.now().getEpochSecond() - 60;

        var id =
                ApplianceClient.parse(
                                client.upload(site.node().uri(), kind, sent).orThrow().output())
                        .path("id")
                        .asText();

        assertThat(id).matches("[0-9a-f-]{36}\\.gpg");

        var base = "/" + kind + "/api/v2/backup/";
        var listed = ApplianceClient.parse(get(base).orThrow().output()).path("backups").get(0);

        assertThat(listed.path("id").asText()).isEqualTo(id);
        assertThat(listed.path("name").asText()).isEqualTo(NAME);
        assertThat(listed.path("created").isIntegralNumber()).isTrue();
        assertThat(listed.path("created").asLong()).isGreaterThan(before);
        assertThat(listed.path("size").asLong()).isEqualTo(300_000);
        assertThat(listed.path("mimetype").asText()).isEqualTo("application/pgp-encrypted");
        assertThat(listed.size()).isEqualTo(5);

        var got = folder.resolve("got");
        OldClient.curl(
                        List.of("-f", "-s", "-u", client.pair(), client.uri(base + id).toString()),
                        "-o",
                        got.toString())
                .orThrow();

        assertThat(Files.mismatch(sent, got)).isEqualTo(-1);

        var deleted =
                OldClient.curl(
                        List.of(
                                "--silent",
                                "--user",
                                client.pair(),
                                "-X",
                                "DELETE",
                                client.uri(base + id).toString()));

        assertThat(deleted.orThrow().output()).isEqualTo("{\"result\":\"success\"}");
        assertThat(get("/" + kind + "/api/v2/backup").orThrow().output())
                .isEqualTo("{\"backups\":[]}");
    }

    @Test
    void the_same_name_every_night_is_a_new_backup_every_night() throws IOException {
        client.upload(file(NAME, 1_000, 1)).orThrow();
        client.upload(file(NAME, 1_000, 2)).orThrow();

        assertThat(site.client(client.system()).ids()).hasSize(2);
    }

    @Test
    void what_is_sent_twice_within_seconds_is_stored_once() throws IOException {
        var sent = file(NAME, 5_000, 3);

        var first = client.upload(sent).orThrow().output();
        var second = client.upload(sent).orThrow().output();
        var third = client.proxyUpload(site.node().uri(), sent).orThrow().output();

        assertThat(second).isEqualTo(first);
        assertThat(third).contains("\"message\":\"backup already stored\"");
        assertThat(site.client(client.system()).ids()).hasSize(1);
    }

    @Test
    void a_request_is_served_as_curl_wrote_it_in_the_field() throws IOException {
        var answer =
                client.replay(
                        """
                        PUT /enterprise/api/v2/backup/dump.json.gz.gpg HTTP/1.1
                        Host: backupd.example.org
                        Authorization: %s
                        User-Agent: curl/8.6.0
                        Accept: */*
                        Content-Length: 11
                        Expect: 100-continue
                        """
                                .formatted(client.basic()),
                        "hello world".getBytes());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.body()).matches("\\{\"id\":\"[0-9a-f-]{36}\\.gpg\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/enterprise/api/v2/backup/a.tar.gz/",
                "/community/api/v2/backup/a%20b.tar.gz",
                "/enterprise/api/v2/backup/",
                "/enterprise/api/v2/backup",
            })
    void a_slash_or_its_absence_never_redirects_an_upload(String path) throws IOException {
        var answer =
                client.replay(
                        "PUT "
                                + path
                                + " HTTP/1.1\nHost: a\nAuthorization: "
                                + client.basic()
                                + "\nContent-Length: 3\n",
                        new byte[] {1, 2, (byte) path.hashCode()});

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Location")).isEmpty();
    }

    @Test
    void the_native_pair_works_with_old_paths_and_the_old_pair_with_new_ones() throws IOException {
        var sent = file("a.tar.gz", 2_000, 4);
        var native1 =
                new OldClient(
                        site, client.system(), client.system().key(), client.system().secret());

        native1.upload(sent).orThrow();
        var listed = site.client(client.system()).withAuthorization(client.basic()).list();

        assertThat(listed.status()).isEqualTo(200);
        assertThat(listed.data().path("backups").size()).isEqualTo(1);
        assertThat(
                        ApplianceClient.parse(get("/enterprise/api/v2/backup").output())
                                .path("backups")
                                .get(0)
                                .path("mimetype")
                                .asText())
                .isEqualTo("application/gzip");
    }

    @Test
    void the_proxys_path_answers_as_section_2_does() throws IOException {
        var answer =
                client.proxyUpload(site.node().uri(), file("x.tar.gz.gpg", 4_000, 5)).orThrow();

        var json = ApplianceClient.parse(answer.output());
        assertThat(json.path("code").asInt()).isEqualTo(201);
        assertThat(json.path("message").asText()).isEqualTo("backup stored");
        assertThat(json.path("data").path("filename").asText()).isEqualTo("x.tar.gz.gpg");
    }

    @Test
    void one_path_with_its_action_in_a_header_sends_lists_and_gets() throws IOException {
        var base = site.node().uri();
        var sent = file("backup config.tar.gz", 3_000, 6);

        var id =
                client.nethBackup(
                                base,
                                "backup-send",
                                "LK=" + client.id() + "&fname=backup%20config.tar.gz",
                                "--data-binary",
                                "@" + sent)
                        .orThrow()
                        .output();
        var list = client.nethBackup(base, "backup-list", "LK=" + client.id()).orThrow().output();
        var got = folder.resolve("got");
        client.nethBackup(
                        base,
                        "backup-get",
                        "LK=" + client.id() + "&bakfile=" + id,
                        "-o",
                        got.toString())
                .orThrow();

        assertThat(id).matches("[0-9a-f-]{36}\\.tar\\.gz");
        assertThat(list).isEqualTo(id + ";backup_config.tar.gz");
        assertThat(Files.mismatch(sent, got)).isEqualTo(-1);
        assertThat(client.nethBackup(base, "backup-list", "LK=somebody-else").output())
                .contains("\"message\":\"system not found\"");
        assertThat(client.nethBackup(base, "format", "LK=" + client.id()).output())
                .contains("\"message\":\"validation failed\"");
    }

    @Test
    void another_systems_backup_is_not_found() throws IOException {
        var other = OldClient.of(site);
        var id =
                ApplianceClient.parse(other.upload(file(NAME, 100, 7)).orThrow().output())
                        .path("id")
                        .asText();

        assertThat(get("/enterprise/api/v2/backup/" + id).output()).contains("backup not found");
    }
}
