package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** What a system tells of itself, and is told. */
class HeartbeatInventoryInfoIT {

    private static final String HEARTBEAT = "/api/systems/heartbeat";
    private static final String INVENTORY = "/api/systems/inventory";
    private static final int MOST = 10 * 1024 * 1024;

    private final ApplianceServer server = ApplianceServer.get();

    private static String head(String path, String authorization) {
        return "POST "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                + authorization
                + "\r\n";
    }

    private static String object(int length) {
        return "{\"a\":\"" + "x".repeat(length - 8) + "\"}";
    }

    @Test
    void a_heartbeat_is_acknowledged() throws Exception {
        var system = server.registered();

        var answer = server.post(HEARTBEAT, system.authorization(), "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"message\":\"heartbeat acknowledged\"", "\"acknowledged\":true")
                .contains("\"system_key\":\"" + system.key() + "\"")
                .containsPattern("\"last_heartbeat\":\"[0-9T:.-]+Z\"");
        assertThat(
                        server.query(
                                "select count(*) from appliance_heartbeat where appliance_id = ?",
                                system.id()))
                .isEqualTo("1");
    }

    @Test
    void a_heartbeat_needs_neither_body_nor_length() throws Exception {
        var answer =
                server.raw(
                        head(HEARTBEAT, server.registered().authorization())
                                + "Connection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200").contains("heartbeat acknowledged");
    }

    @Test
    void a_heartbeats_body_is_ignored_whatever_it_is() throws Exception {
        var answer = server.post(HEARTBEAT, server.registered().authorization(), "not json");

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void a_heartbeat_that_announces_much_is_refused_before_it() throws Exception {
        var answer =
                server.raw(
                        head(HEARTBEAT, server.registered().authorization())
                                + "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413").contains("request body too large");
    }

    @Test
    void an_inventory_is_taken_and_kept() throws Exception {
        var system = server.registered();

        var answer = server.post(INVENTORY, system.authorization(), "{\"facts\": {\"cpu\": 2}}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .contains(
                        "\"code\":200",
                        "\"message\":\"Inventory received and queued for processing\"");
        assertThat(
                        server.query(
                                "select document #>> '{facts,cpu}' from appliance_inventory where"
                                        + " appliance_id = ?",
                                system.id()))
                .isEqualTo("2");
    }

    @Test
    void only_a_changed_inventory_is_remembered() throws Exception {
        var system = server.registered();
        for (var document : new String[] {"{\"a\":1}", "{\"a\":1}", "{\"a\":2}"}) {
            server.post(INVENTORY, system.authorization(), document);
        }

        assertThat(
                        server.query(
                                "select count(*) from appliance_inventory_history where"
                                        + " appliance_id = ?",
                                system.id()))
                .isEqualTo("2");
        assertThat(
                        server.query(
                                "select count(*) from audit_entry where action ="
                                        + " 'system.inventory_changed' and subject = ?",
                                "system:" + system.id()))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "\"text\"",
                "{",
                "{} {}",
                "{'a':1}",
                "{\"a\":1}x",
                "{\"a\":1e999999}"
            })
    void what_is_not_one_json_object_is_refused(String body) throws Exception {
        var answer = server.post(INVENTORY, server.registered().authorization(), body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\":\"invalid inventory\"");
    }

    @Test
    void escapes_that_postgresql_cannot_keep_are_no_reason_to_refuse() throws Exception {
        var system = server.registered();

        var answer = server.post(INVENTORY, system.authorization(), "{\"a\":\"\\u0000\\ud800\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void the_largest_inventory_is_taken_and_one_byte_more_refused() throws Exception {
        var system = server.registered();

        assertThat(server.post(INVENTORY, system.authorization(), object(MOST)).statusCode())
                .isEqualTo(202);

        var answer =
                server.raw(
                        head(INVENTORY, system.authorization())
                                + "Content-Length: "
                                + (MOST + 1)
                                + "\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 413")
                .contains("request body too large")
                .containsIgnoringCase("Connection: close");
    }

    @Test
    void an_inventory_without_length_is_counted_while_it_comes() throws Exception {
        var body = object(MOST + 1).getBytes(StandardCharsets.UTF_8);
        var request =
                server.request(INVENTORY)
                        .header("Authorization", server.registered().authorization())
                        .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        assertThat(server.send(request).statusCode()).isEqualTo(413);
    }

    @Test
    void a_system_is_told_what_is_known_of_it() throws Exception {
        var tree = server.tree();
        var system = server.appliance(tree.customer(), true);

        var before = server.get("/api/systems/info", system.authorization()).body();

        assertThat(before)
                .contains(
                        "\"system_id\":\"" + system.id() + "\"",
                        "\"system_key\":\"" + system.key() + "\"")
                .contains("\"type\":\"firewall\"", "\"status\":\"unknown\"")
                .contains("\"suspended\":false", "\"suspended_at\":null")
                .contains("\"deleted\":false", "\"deleted_at\":null", "\"registered\":true")
                .containsPattern("\"registered_at\":\"[0-9T:.-]+Z\"")
                .containsPattern("\"created_at\":\"[0-9T:.-]+Z\"")
                .containsPattern("\"fqdn\":\"fw-[0-9a-f]{4}.example.org\"")
                .contains("\"organization\":{\"id\":\"" + tree.customer() + "\"")
                .contains("\"name\":\"Customer\"", "\"type\":\"customer\"");

        server.post(HEARTBEAT, system.authorization(), "");

        assertThat(server.get("/api/systems/info", system.authorization()).body())
                .contains("\"status\":\"active\"");
    }
}
