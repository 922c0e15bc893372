package coffer.people;

import coffer.launch.Checkout;
import coffer.launch.Ports;
import coffer.launch.Wait;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Keycloak on the loopback address, with one realm in memory, for as long as a test runs. */
final class KeycloakServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(300);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String ADMIN = "keys";
    private static final String ADMIN_PASSWORD = "of the provider";

    private final URI address;
    private final Process process;

    private KeycloakServer(URI address, Process process) {
        this.address = address;
        this.process = process;
    }

    /** Unpacked by the profile {@code heavy}. */
    static KeycloakServer start(String realm, Path log) throws IOException {
        var home = home();
        var imports = Files.createDirectories(home.resolve("data/import"));
        Files.writeString(imports.resolve("offices-realm.json"), realm);
        var port = Ports.free();
        var builder =
                new ProcessBuilder(
                                "sh",
                                home.resolve("bin/kc.sh").toString(),
                                "start-dev",
                                "--db=dev-mem",
                                "--import-realm",
                                "--http-host=127.0.0.1",
                                "--http-port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "JAVA_HOME",
                                System.getProperty("java.home"),
                                "JAVA_OPTS_APPEND",
                                "-Xmx512m -XX:TieredStopAtLevel=1",
                                "KC_BOOTSTRAP_ADMIN_USERNAME",
                                ADMIN,
                                "KC_BOOTSTRAP_ADMIN_PASSWORD",
                                ADMIN_PASSWORD));
        var server = new KeycloakServer(URI.create("http://127.0.0.1:" + port), builder.start());
        Wait.until("Keycloak answers", PATIENCE, server::answers);
        return server;
    }

    private static Path home() throws IOException {
        try (var folders = Files.list(Checkout.root().resolve("target/tools"))) {
            return folders.filter(folder -> folder.getFileName().toString().startsWith("keycloak-"))
                    .sorted()
                    .toList()
                    .getLast();
        }
    }

    private boolean answers() {
        try {
            return send(HttpRequest.newBuilder(discovery())).statusCode() == 200;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    private URI discovery() {
        return address.resolve("/realms/offices/.well-known/openid-configuration");
    }

    /** What it says of itself, {@code issuer} or {@code jwks_uri}. */
    String says(String what) {
        return json(send(HttpRequest.newBuilder(discovery()))).path(what).asText();
    }

    /** What a person carries away who signs in with a browser: code flow, with a PKCE proof. */
    JsonNode signIn(String client, String username, String password) {
        var back = "http://127.0.0.1/signed-in";
        var begin =
                form(
                        Map.of(
                                "client_id", client,
                                "response_type", "code",
                                "scope", "openid",
                                "redirect_uri", back,
                                "state", "s",
                                "nonce", "n",
                                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                                "code_challenge_method", "S256"));
        var location = enter(says("authorization_endpoint") + "?" + begin, username, password);
        return json(
                send(
                        post(
                                URI.create(says("token_endpoint")),
                                Map.of(
                                        "grant_type",
                                        "authorization_code",
                                        "client_id",
                                        client,
                                        "redirect_uri",
                                        back,
                                        "code",
                                        location.replaceFirst(".*code=([^&]*).*", "$1"),
                                        "code_verifier",
                                        "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))));
    }

    /** Signs in at its page, to which somebody was sent; where the browser is sent back to. */
    String enter(String address, String username, String password) {
        var cookies = new TreeMap<String, String>();
        var page = send(HttpRequest.newBuilder(URI.create(address)));
        keep(cookies, page);
        var action =
                page.body()
                        .replaceFirst("(?s).*?<form[^>]*action=\"([^\"]*)\".*", "$1")
                        .replace("&amp;", "&");
        var signedIn =
                send(
                        post(URI.create(action), Map.of("username", username, "password", password))
                                .header("Cookie", line(cookies)));
        var location = signedIn.headers().firstValue("Location").orElse("");
        if (!location.contains("code=")) {
            throw new IllegalStateException(signedIn.statusCode() + " " + signedIn.body());
        }
        return location;
    }

    /** The sessions that a person has there. */
    List<String> sessions(String userId) {
        var answer =
                send(
                        HttpRequest.newBuilder(
                                        address.resolve(
                                                "/admin/realms/offices/users/"
                                                        + userId
                                                        + "/sessions"))
                                .header("Authorization", "Bearer " + admin()));
        return json(answer).findValuesAsText("id");
    }

    /** What a browser is answered there that was sent to an address without any cookie. */
    String leave(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)))
                .headers()
                .firstValue("Location")
                .orElse("");
    }

    private String admin() {
        return json(send(
                        post(
                                address.resolve("/realms/master/protocol/openid-connect/token"),
                                Map.of(
                                        "grant_type",
                                        "password",
                                        "client_id",
                                        "admin-cli",
                                        "username",
                                        ADMIN,
                                        "password",
                                        ADMIN_PASSWORD))))
                .path("access_token")
                .asText();
    }

    /** From now on it signs with a key that nobody has seen yet. */
    void replaceKey() {
        var key =
                """
                {"name": "next", "providerId": "rsa-generated",
                 "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["200"], "algorithm": ["RS256"]}}\
                """;
        var answer =
                send(
                        HttpRequest.newBuilder(address.resolve("/admin/realms/offices/components"))
                                .header("Authorization", "Bearer " + admin())
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(key)));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
    }

    private static HttpRequest.Builder post(URI where, Map<String, String> fields) {
        return HttpRequest.newBuilder(where)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(
                    request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(answer.body(), e);
        }
    }

    private static void keep(Map<String, String> cookies, HttpResponse<?> answer) {
        for (var cookie : answer.headers().allValues("Set-Cookie")) {
            var pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
    }

    private static String line(Map<String, String> cookies) {
        return cookies.entrySet().stream()
                .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        field.getKey()
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    @Override
    public void close() {
        var all = List.copyOf(process.descendants().toList());
        process.destroy();
        all.forEach(ProcessHandle::destroy);
        process.onExit().join();
    }
}
