package coffer.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.Bodies;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.TestSite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Heartbeats, inventories and questions of the installed base. */
class LegacyReportsIT {

    /** The contract says one second; a busy machine gets half of what the store may take. */
    private static final Duration AT_ONCE = Duration.ofSeconds(15);

    private final TestSite site = TestSite.shared();
    private final OldClient client = OldClient.of(site);

    private long beats() {
        return site.number(
                "select count(*) from appliance_heartbeat where appliance_id = '"
                        + client.system().id()
                        + "'");
    }

    private String lastProtocol() {
        return site.text(
                "select last_legacy_protocol from appliance where id = '"
                        + client.system().id()
                        + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "/isa/heartbeats/store, isa", "/isa/heartbeats/store/, isa",
        "/api/machine/heartbeats/store, machine", "/api/machine/heartbeats/store/, machine"
    })
    void a_token_brings_a_heartbeat_and_says_who_still_uses_it(String path, String protocol) {
        var answer = client.tokenHeartbeat(path).orThrow();

        assertThat(answer.output()).isEqualTo("{}");
        assertThat(beats()).isOne();
        assertThat(lastProtocol()).isEqualTo(protocol);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/isa/inventory/store/", "/isa/inventory/store",
                "/api/machine/inventories/store/", "/api/machine/inventories/store"
            })
    void a_token_brings_an_inventory(String path) {
        var answer = client.tokenInventory(path).orThrow();

        assertThat(answer.output()).isEqualTo("{}");
        assertThat(
                        site.text(
                                "select document #>> '{data,data,facts,cpu}' from"
                                        + " appliance_inventory where appliance_id = '"
                                        + client.system().id()
                                        + "'"))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void the_proxys_paths_take_heartbeats_and_inventories_as_section_2_does(String slash) {
        var beat =
                OldClient.curl(
                        List.of(
                                "-s",
                                "-X",
                                "POST",
                                "--user",
                                client.pair(),
                                client.uri("/proxy/heartbeat" + slash).toString()));
        var inventory =
                OldClient.curl(
                        List.of(
                                "-m",
                                "180",
                                "--retry",
                                "3",
                                "-L",
                                "-s",
                                "--user",
                                client.pair(),
                                "-H",
                                "Content-Type: application/json",
                                "--data-binary",
                                "{\"facts\":{}}",
                                client.uri("/proxy/inventory" + slash).toString(),
                                "-w",
                                " %{http_code}"));

        assertThat(beat.orThrow().output()).contains("heartbeat acknowledged");
        assertThat(inventory.orThrow().output())
                .contains("Inventory received and queued for processing")
                .endsWith(" 202");
        assertThat(beats()).isOne();
        assertThat(lastProtocol()).isEqualTo("proxy");
    }

    @Test
    void a_new_path_is_no_old_one_though_the_old_pair_opens_it() {
        site.client(client.system())
                .withAuthorization(client.basic())
                .send("POST", "/systems/heartbeat", HttpRequest.BodyPublishers.noBody());

        assertThat(beats()).isOne();
        assertThat(lastProtocol()).isNull();
    }

    @Test
    void a_foreign_id_a_wrong_token_and_no_token_are_refused() throws IOException {
        var foreign =
                client.replay(
                        """
                        POST /isa/heartbeats/store HTTP/1.1
                        Host: my.example.org
                        Authorization: token %s
                        Content-Type: application/json
                        Content-Length: 25
                        """
                                .formatted(client.secret()),
                        "{\"lk\": \"somebody-else-x\"}".getBytes(StandardCharsets.UTF_8));
        var wrong = token("/api/machine/info", "token " + "0".repeat(64));
        var none = token("/api/machine/info", "Bearer x");

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains("\"invalid system credentials\"");
        assertThat(none.statusCode()).isEqualTo(401);
    }

    @Test
    void a_token_opens_no_new_path_and_no_pairs_path() {
        for (var path :
                List.of("/api/systems/info", "/enterprise/api/v2/backup", "/proxy/credentials")) {
            assertThat(token(path, "token " + client.secret()).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
    }

    @Test
    void the_native_secret_is_a_token_too() {
        var answer = token("/api/machine/info/", "token " + client.system().secret());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(ApplianceClient.parse(answer.body()).path("uuid").asText())
                .isEqualTo(client.system().key());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/systems/info | application/json | {\"secret\":\"%s\"}",
                "/api/systems/info/ | application/x-www-form-urlencoded | secret=%s",
                "/api/systems/info | application/x-www-form-urlencoded | {\"secret\":\"%s\"}",
                "/backend/api/systems/info | application/x-www-form-urlencoded | a=b&secret=%s"
            })
    void the_subscription_is_told_to_who_sends_the_secret(String path, String type, String body) {
        var answer = info(path, type, body.formatted(client.secret()));

        var json = ApplianceClient.parse(answer);
        assertThat(json.path("uuid").asText()).isEqualTo(client.id());
        assertThat(json.path("id").isIntegralNumber()).isTrue();
        var subscription = json.path("subscription");
        assertThat(subscription.path("id").isIntegralNumber()).isTrue();
        assertThat(subscription.path("status").asText()).isEqualTo("valid");
        assertThat(subscription.path("valid_until").isIntegralNumber()).isTrue();
        assertThat(subscription.path("valid_until").asLong())
                .isGreaterThan(Instant.now().getEpochSecond());
        assertThat(subscription.path("subscription_plan").path("name").asText()).isNotEmpty();
        assertThat(subscription.path("subscription_plan").has("description")).isTrue();
        assertThat(lastProtocol()).isEqualTo("isa");
    }

    @Test
    void the_machines_question_is_answered_with_a_date_as_text() {
        var json =
                ApplianceClient.parse(
                        token("/api/machine/info", "token " + client.secret()).body());

        assertThat(json.path("uuid").asText()).isEqualTo(client.id());
        assertThat(Instant.parse(json.path("subscription").path("valid_until").asText()))
                .isAfter(Instant.now());
        assertThat(lastProtocol()).isEqualTo("machine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"secret\":\"\"}", "{", "secret=", "", "[]", "{\"secret\":7}"})
    void a_secret_that_is_none_is_refused(String body) {
        assertThat(info("/api/systems/info", "application/json", body))
                .contains("\"validation failed\"");
    }

    @Test
    void a_secret_that_is_nobodys_is_refused() {
        assertThat(info("/api/systems/info", "application/json", "{\"secret\":\"x\"}"))
                .contains("\"invalid system credentials\"");
    }

    @Test
    void questions_are_answered_at_once_though_the_store_hangs() throws Exception {
        site.store().fault(Fault.HANG_BEFORE, "PutObject");
        var uploads =
                List.of(
                        Thread.ofVirtual()
                                .start(() ->
                                        site.client(client.system())
                                                .upload(Bodies.bytes(600_000, 1), "a.gpg")),
                        Thread.ofVirtual()
                                .start(() ->
                                        site.client(client.system())
                                                .upload(Bodies.bytes(1_000, 2), "b.gpg")));
        try {
            assertThat(site.store().awaitHanging(2, Duration.ofSeconds(60))).isTrue();

            for (var call :
                    List.<Runnable>of(
                            () ->
                                    info(
                                            "/api/systems/info",
                                            "application/json",
                                            "{\"secret\":\"" + client.secret() + "\"}"),
                            () -> token("/api/machine/info", "token " + client.secret()))) {
                var began = System.nanoTime();
                call.run();
                assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(AT_ONCE);
            }
        } finally {
            site.store().pass();
            for (var upload : uploads) {
                upload.join();
            }
        }
    }

    @Test
    void every_call_counts_in_the_metrics() {
        client.tokenHeartbeat("/isa/heartbeats/store").orThrow();

        assertThat(send(request("/metrics")).body())
                .containsPattern(
                        "coffer_legacy_calls_total\\{call=\"heartbeat\",mp_scope=\"application\","
                                + "protocol=\"isa\",result=\"granted\",?} [1-9]");
    }

    private String info(String path, String type, String body) {
        return send(request(path)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .body();
    }

    private java.net.http.HttpResponse<String> token(String path, String authorization) {
        return send(request(path).header("Authorization", authorization));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(site.node().uri() + path))
                .timeout(Duration.ofSeconds(60));
    }

    private static java.net.http.HttpResponse<String> send(HttpRequest.Builder request) {
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
