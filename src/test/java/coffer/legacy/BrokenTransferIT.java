package coffer.legacy;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an old client, which ignores every status, sees of an upload that was not stored: curl ends
 * with 18 where it must come again, and with 0 where that would not help.
 */
class BrokenTransferIT {

    private static final int PARTIAL_FILE = 18;
    private static final int MIB = 1024 * 1024;

    private final TestSite site = TestSite.shared();
    private final OldClient client = OldClient.of(site);

    @TempDir private Path folder;

    @AfterEach
    void nothing_is_left_reserved_and_catalogue_and_store_agree() {
        site.store().pass();
        site.postgresql().restore();
        site.checkSettled();
    }

    private Path file(int size) throws IOException {
        return Files.write(folder.resolve("dump.json.gz.gpg"), bytes(size, size));
    }

    private List<Tool.Result> everyWay(Path file) {
        var base = site.node().uri();
        return List.of(
                client.upload(base, "enterprise", file),
                client.upload(base, "community", file),
                client.proxyUpload(base, file),
                client.nethBackup(
                        base,
                        "backup-send",
                        "LK=" + client.id() + "&fname=a.gpg",
                        "--data-binary",
                        "@" + file));
    }

    private long alerts() {
        return site.number(
                "select count(*) from alert where code = 'legacy.upload-refused' and resolved_at is"
                        + " null and subject = 'system:"
                        + client.system().id()
                        + "'");
    }

    @Test
    void a_store_that_fails_breaks_the_transfer_in_every_protocol() throws IOException {
        site.store().fault(Fault.ANSWER_500, "PutObject");

        for (var size : List.of(1_000, 3 * MIB)) {
            assertThat(everyWay(file(size)))
                    .allSatisfy(result -> {
                        assertThat(result.exit()).isEqualTo(PARTIAL_FILE);
                        assertThat(result.output()).contains("backup storage unavailable");
                    });
        }
        assertThat(alerts()).isZero();
    }

    @Test
    void a_full_organization_breaks_the_transfer_before_the_body() throws IOException {
        var full = OldClient.of(site, site.system(site.customer(500)));

        for (var size : List.of(1_000, 3 * MIB)) {
            var result = full.upload(file(size));

            assertThat(result.exit()).isEqualTo(PARTIAL_FILE);
            assertThat(result.output()).contains("organization backup quota exceeded");
        }
    }

    @Test
    void a_database_that_is_away_breaks_the_transfer_and_never_answers_401() throws IOException {
        var stranger = OldClient.of(site);
        site.postgresql().cut();

        var results = List.of(client.upload(file(2_000)), stranger.upload(file(3 * MIB)));

        assertThat(results)
                .allSatisfy(result -> {
                    assertThat(result.exit()).isEqualTo(PARTIAL_FILE);
                    assertThat(result.output()).contains("\"code\":503");
                });
        site.postgresql().restore();
        Wait.until(
                "the next night's upload is stored",
                Duration.ofSeconds(60),
                () -> client.upload(file(2_000)).exit() == 0);
    }

    @Test
    void a_body_that_ends_early_breaks_the_transfer() throws IOException {
        var head =
                """
                PUT /enterprise/api/v2/backup/a.gpg HTTP/1.1
                Host: a
                Authorization: %s
                Content-Length: 1000
                """
                        .formatted(client.basic());
        try (var raw = coffer.launch.RawHttp.to(site.node().uri())) {
            var answer =
                    raw.send(head.replace("\n", "\r\n") + "\r\n")
                            .send(new byte[100])
                            .endOutput()
                            .answer();

            assertThat(answer == null || !answer.whole()).isTrue();
        }
    }

    @Test
    void what_the_client_is_to_blame_for_is_answered_whole_and_people_are_told()
            throws IOException {
        site.sql(
                "update organization set ciphertext = 'demand' where id = (select organization_id"
                        + " from appliance where id = '"
                        + client.system().id()
                        + "')");
        var plain = Files.writeString(folder.resolve("plain.txt"), "plain text\n".repeat(100));

        for (var result : everyWay(plain)) {
            assertThat(result.exit()).isZero();
            assertThat(ApplianceClient.parse(result.output()).path("message").asText())
                    .isEqualTo("backup is not encrypted");
        }
        assertThat(alerts()).isOne();

        site.sql(
                "update organization set ciphertext = 'flag' where id = (select organization_id"
                        + " from appliance where id = '"
                        + client.system().id()
                        + "')");
        client.upload(plain).orThrow();

        assertThat(alerts()).isZero();
    }

    @Test
    void a_backup_that_is_too_large_is_refused_whole_before_its_body() throws IOException {
        var answer =
                client.replay(
                        """
                        PUT /enterprise/api/v2/backup/a.gpg HTTP/1.1
                        Host: a
                        Authorization: %s
                        Content-Length: 5000000000
                        Expect: 100-continue
                        """
                                .formatted(client.basic()),
                        new byte[0]);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.whole()).isTrue();
        assertThat(answer.message()).isEqualTo("backup exceeds max upload size");
        assertThat(alerts()).isOne();
    }

    @Test
    void a_wrong_pair_is_answered_whole() throws IOException {
        var wrong = new OldClient(site, client.system(), client.id(), "0".repeat(64));

        var result = wrong.upload(file(1_000));

        assertThat(result.exit()).isZero();
        assertThat(result.output()).contains("\"invalid system credentials\"");
    }

    @Test
    void a_broken_transfer_counts() throws IOException {
        site.store().fault(Fault.ANSWER_500, "PutObject");
        client.upload(file(1_000));

        assertThat(OldClient.curl(List.of("-s", client.uri("/metrics").toString())).output())
                .containsPattern("coffer_legacy_broken_total\\{[^}]*protocol=\"v2\"[^}]*} [1-9]");
    }
}
