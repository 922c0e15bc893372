package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Seed;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** Two running nodes, with a tree of four levels and a system for each test. */
abstract class RevocationBed {

    // The contract says 1 s; this waits longer for a busy machine, and less than the 25 s that an
    // entry lives where the bus does not end it.
    protected static final Duration WITH_THE_BUS = Duration.ofSeconds(15);
    protected static final Duration WITHOUT_IT = Duration.ofSeconds(60);
    protected static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    protected static Parts parts;
    protected static Instance instance;
    protected static Node first;
    protected static Node second;

    protected final UUID[] path = new UUID[4];
    protected Seed.Firewall system;

    @BeforeAll
    static void startTwoNodes() throws IOException {
        parts = Parts.start();
        instance = parts.instance("revocation");
        first = node("first").with("coffer.war", warWithFaces().toString()).start();
        second = node("second").start();
        first.awaitReady(Duration.ofSeconds(240));
        second.awaitReady(Duration.ofSeconds(240));
        awaitTheBus();
    }

    /** What a slow Redis does is tested here, with the patience that a node has by default. */
    private static Node node(String name) {
        return Node.on(instance, name).without("coffer.redis.timeout");
    }

    @AfterAll
    static void stopAll() {
        first.close();
        second.close();
        parts.close();
    }

    @BeforeEach
    void seed() throws SQLException {
        try (var connection = instance.connect()) {
            var seed = new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
            path[0] = seed.owner("Owner");
            path[1] = seed.organization("distributor", path[0], "Distributor");
            path[2] = seed.organization("reseller", path[1], "Reseller");
            path[3] = seed.organization("customer", path[2], "Customer");
            system = seed.appliance(path[3], true);
        }
    }

    /** The WAR of this build and one servlet. */
    protected static Path warWithFaces() throws IOException {
        var war = Checkout.root().resolve("target/coffer");
        var copy = Checkout.scratch().resolve("war-with-faces-" + ProcessHandle.current().pid());
        try (var files = Files.walk(war)) {
            for (var file : files.toList()) {
                var target = copy.resolve(war.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        var servlet = "coffer/appliance/FaceServlet.class";
        Files.copy(
                Checkout.root().resolve("target/test-classes").resolve(servlet),
                copy.resolve("WEB-INF/classes").resolve(servlet),
                StandardCopyOption.REPLACE_EXISTING);
        return copy;
    }

    protected static void awaitTheBus() {
        for (var node : List.of(first, second)) {
            Wait.until(
                    node.name() + " hears the bus",
                    PATIENCE,
                    () -> get(node, "/health/ready", null).body().contains("\"bus_hears\":true"));
        }
    }

    protected static HttpResponse<String> get(Node node, String path, String authorization) {
        var request = HttpRequest.newBuilder(node.uri(path)).timeout(PATIENCE);
        return send(
                authorization == null ? request : request.header("Authorization", authorization));
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(request.build(), BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    protected static String act(String act, UUID id) {
        var answer =
                send(
                        HttpRequest.newBuilder(first.uri("/test/faces"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("act=" + act + "&id=" + id)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    protected int status(Node node) {
        return get(node, "/api/systems/info", system.authorization()).statusCode();
    }

    protected void await(int status, Duration limit) {
        for (var node : List.of(first, second)) {
            Wait.until(status + " on " + node.name(), limit, () -> status(node) == status);
        }
    }

    /** Both nodes know it, twice: the second time from memory. */
    protected void warm() {
        for (var node : List.of(first, second, first, second)) {
            assertThat(status(node)).isEqualTo(200);
        }
    }

    protected static String authorization(String key, String secret) {
        var pair = (key + ":" + secret).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
