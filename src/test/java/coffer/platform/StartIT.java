package coffer.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coffer.launch.Checkout;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Wait;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;

class StartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @Test
    void nonsense_ends_the_process_and_names_each_key_and_what_is_allowed() {
        var node = nonsense("start-nonsense");

        try (node) {
            node.start();
            var answers = new HashSet<Integer>();
            Wait.until(
                    "the process has ended",
                    PATIENCE,
                    () -> {
                        answers.add(node.status("/api/systems/register"));
                        return !node.alive();
                    });

            assertThat(node.awaitEnd(PATIENCE)).isEqualTo(78);
            assertThat(answers).as("nobody was told 404").containsExactly(-1);
            assertThat(node.log())
                    .contains(
                            "Coffer does not start:",
                            "setting coffer.node.roles is 'cook'; allowed: erase, ingest, jobs,"
                                    + " pages, read",
                            "setting coffer.http.trusted-proxies has '10.0.0.0/99'; allowed:"
                                    + " addresses and CIDR blocks",
                            "setting coffer.keys.audit.k1 is too short; allowed: 32 characters")
                    .doesNotContain("'short'");
        }
    }

    @Test
    void nonsense_ends_the_container_too() {
        var node =
                nonsense("start-container")
                        .by(Checkout.root().resolve("src/main/liberty/bin/entrypoint"));

        try (node) {
            node.start();

            assertThat(node.awaitEnd(PATIENCE)).isEqualTo(78);
            assertThat(node.log()).contains("Coffer does not start:");
        }
    }

    private static Node nonsense(String name) {
        return Node.on(Parts.shared().instance(name), name)
                .with("coffer.node.roles", "cook")
                .with("coffer.http.trusted-proxies", "10.0.0.0/99")
                .with("coffer.keys.audit.k1", "short");
    }

    @Test
    void a_database_that_is_away_only_delays_the_start() throws Exception {
        try (var parts = Parts.start();
                var node = Node.on(parts.instance("start-late"), "late")) {
            parts.postgresql().stop();
            node.start();
            Wait.until("the edge answers", PATIENCE, () -> node.status("/api/systems/info") == 503);

            var info = send(HttpRequest.newBuilder(node.uri("/api/systems/info")));
            var register =
                    send(
                            HttpRequest.newBuilder(node.uri("/backend/api/systems/register/"))
                                    .POST(HttpRequest.BodyPublishers.ofString("{}")));

            assertThat(info.body()).contains("\"service unavailable\"");
            assertThat(register.statusCode()).isEqualTo(429);
            assertThat(register.headers().firstValue("Retry-After")).isPresent();
            Wait.until("it is live", PATIENCE, () -> node.status("/health/live") == 200);
            Wait.until("it is not ready", PATIENCE, () -> node.status("/health/ready") == 503);

            parts.postgresql().startAgain();
            node.awaitReady(PATIENCE);

            assertThat(send(HttpRequest.newBuilder(node.uri("/api/systems/info"))).statusCode())
                    .isEqualTo(401);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "update audit_entry set outcome = 'other'",
        "delete from audit_entry",
        "truncate audit_entry",
        "update audit_detail set detail = '{}'",
        "update installation set purpose = 'production'",
        "delete from flyway_schema_history",
        "create table mine (id int)"
    })
    void the_applications_role_cannot(String statement) throws Exception {
        var instance = Granted.INSTANCE;
        var url = instance.settings().get("coffer.database.url");

        try (var connection =
                        DriverManager.getConnection(
                                url,
                                instance.settings().get("coffer.database.user"),
                                instance.settings().get("coffer.database.password"));
                var sql = connection.createStatement()) {
            assertThatThrownBy(() -> sql.execute(statement))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
            sql.execute("update audit_entry set chain_seq = 1, prev_hash = null where false");
            sql.execute("delete from audit_detail where false");
        }
    }

    /** A database that a node has brought up to date. */
    private static final class Granted {

        static final Instance INSTANCE = start();

        private static Instance start() {
            var instance = Parts.shared().instance("start-rights");
            try (var node = Node.on(instance, "rights")) {
                node.startAndAwait();
            }
            return instance;
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }
}
