package coffer.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Node;
import coffer.launch.Parts;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

class RouteIT {

    private static final String ENVELOPE =
            "{\"code\":404,\"message\":\"api not found\",\"data\":{\"type\":\"route_not_found\"}}";
    private static HttpClient http;
    private static Node node;

    @BeforeAll
    static void start() {
        http = HttpClient.newHttpClient();
        node = Node.on(Parts.shared().instance("route"), "route").startAndAwait();
    }

    @AfterAll
    static void stop() {
        node.close();
        http.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/systems/info",
                "/api/systems/info/",
                "/collect/api/systems/info",
                "/collect/api/systems/info/",
                "/backend/api/systems/info",
                "/backend/api/systems/info/?a=b"
            })
    void an_alias_and_a_slash_reach_the_same_resource_without_a_redirect(String path)
            throws Exception {
        var answer = get(path);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"authentication required\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/nothing",
                "/api/nothing/",
                "/api/a%20b/",
                "/collect/api/nothing",
                "/nothing",
                "/nothing/",
                "/err",
                "/WEB-INF/web.xml",
                "/api/systems/info;x",
                "/api/systems;x=1/info",
                "/api/systems%2finfo",
                "/api/systems%252finfo",
                "/api//systems/info",
                "//api/systems/info",
                "/api/systems//info",
                "/api/x/%2e%2e/systems/info",
                "/api/x/../systems/info"
            })
    void what_is_no_route_gets_the_envelope_and_never_html(String path) throws Exception {
        var answer = raw("GET " + path + " HTTP/1.1", "X-Request-Id: kept.id-1");

        assertThat(answer).startsWith("HTTP/1.1 404 ").contains(ENVELOPE);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .contains("x-request-id: kept.id-1")
                .doesNotContain("x-powered-by")
                .doesNotContain("location:")
                .doesNotContain("<html");
    }

    @Test
    void a_request_id_is_made_where_none_or_a_strange_one_came() throws Exception {
        var none = get("/api/nothing").headers().firstValue("X-Request-Id").orElseThrow();
        var strange = raw("GET /api/nothing HTTP/1.1", "X-Request-Id: a b");

        assertThat(none).hasSize(36);
        assertThat(strange).containsPattern("X-Request-Id: [0-9a-f-]{36}");
    }

    @Test
    void a_method_that_a_path_does_not_have_is_named_so() throws Exception {
        var request =
                HttpRequest.newBuilder(node.uri("/api/systems/info"))
                        .DELETE()
                        .header("Authorization", "Basic eDp5")
                        .build();

        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).isPresent();
        assertThat(answer.body()).contains("\"method not allowed\"", "method_not_allowed");
    }

    @Test
    void a_body_that_is_no_json_is_a_validation_error_and_is_not_repeated() throws Exception {
        var request =
                HttpRequest.newBuilder(node.uri("/api/systems/register"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"system_secret\": oops"))
                        .build();

        var answer = http.send(request, BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("oops").doesNotContain("xception");
    }

    @Test
    void the_bare_address_says_what_this_is() throws Exception {
        var answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith("Coffer ").doesNotContain("<");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(node.uri(path)).build(), BodyHandlers.ofString());
    }

    /** By hand: a client library would tidy the path. */
    private static String raw(String line, String header) throws IOException {
        try (var socket = new Socket("127.0.0.1", node.port())) {
            socket.setSoTimeout(60_000);
            var request =
                    line + "\r\nHost: localhost\r\nConnection: close\r\n" + header + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var reader =
                    new BufferedReader(
                            new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            return String.join("\n", reader.lines().toList());
        }
    }
}
