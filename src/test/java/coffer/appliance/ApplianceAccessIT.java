package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Seed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Every way not to be let in, and the ways in. */
class ApplianceAccessIT {

    private static final String INFO = "/api/systems/info";
    private final ApplianceServer server = ApplianceServer.get();

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private void refused(HttpResponse<String> answer, String message) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("\"code\":401", "\"message\":\"" + message + "\"");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .contains("Basic realm=\"System Authentication\"");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("application/json");
    }

    @Test
    void without_a_header_authentication_is_required() {
        refused(server.get(INFO, null), "authentication required");
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer abc, invalid authentication format",
        "Basic !!!, invalid authentication encoding",
        "Basic bm9jb2xvbg==, invalid credentials format",
        "Basic a2V5OnNlY3JldA==, invalid system credentials"
    })
    void each_broken_header_has_its_text(String header, String message) {
        refused(server.get(INFO, header), message);
    }

    @Test
    void the_refusal_before_a_body_is_the_same_and_closes_the_connection() throws Exception {
        var answer =
                server.raw(
                        "POST /api/systems/inventory HTTP/1.1\r\nHost: localhost\r\n"
                                + "Authorization: "
                                + basic("key:secret")
                                + "\r\nContent-Length: 5000000\r\nExpect: 100-continue\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 401")
                .contains("WWW-Authenticate: Basic realm=\"System Authentication\"")
                .containsIgnoringCase("Connection: close")
                .contains("invalid system credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"basic", "BASIC", "bAsIc"})
    void the_scheme_is_matched_whatever_its_case(String scheme) throws Exception {
        var header = server.registered().authorization().replace("Basic", scheme);

        assertThat(server.get(INFO, header).statusCode()).isEqualTo(200);
    }

    @Test
    void the_secret_of_another_system_is_refused() throws Exception {
        var one = server.registered();
        var other = server.registered();

        refused(
                server.get(INFO, basic(one.key() + ":" + other.secret())),
                "invalid system credentials");
        refused(
                server.get(
                        INFO,
                        basic(one.key().toLowerCase(java.util.Locale.ROOT) + ":" + one.secret())),
                "invalid system credentials");
    }

    @Test
    void an_unregistered_system_is_refused() throws Exception {
        var system = server.appliance(server.tree().customer(), false);

        refused(server.get(INFO, system.authorization()), "invalid system credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended_at", "deleted_at"})
    void a_suspended_or_deleted_system_is_refused(String mark) throws Exception {
        var system = server.registered();
        server.update("update appliance set " + mark + " = now() where id = ?", system.id());

        refused(server.get(INFO, system.authorization()), "invalid system credentials");
    }

    @ParameterizedTest
    @ValueSource(strings = {"suspended_at", "deleted_at"})
    void a_mark_on_any_ancestor_but_the_shared_owner_ends_access(String mark) throws Exception {
        for (Function<ApplianceServer.Tree, UUID> tier :
                java.util.List.<Function<ApplianceServer.Tree, UUID>>of(
                        ApplianceServer.Tree::distributor,
                        ApplianceServer.Tree::reseller,
                        ApplianceServer.Tree::customer)) {
            var tree = server.tree();
            var system = server.appliance(tree.customer(), true);
            server.update(
                    "update organization set " + mark + " = now() where id = ?", tier.apply(tree));

            refused(server.get(INFO, system.authorization()), "invalid system credentials");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ends_at = now() - interval '1 second'", "ended_at = now()"})
    void a_secret_that_has_ended_is_refused(String mark) throws Exception {
        var system = server.registered();
        server.update(
                "update appliance_secret set " + mark + " where appliance_id = ?", system.id());

        refused(server.get(INFO, system.authorization()), "invalid system credentials");
    }

    @Test
    void an_imported_secret_works_and_is_rehashed_at_its_first_use() throws Exception {
        var system = server.imported();

        assertThat(server.get(INFO, system.authorization()).statusCode()).isEqualTo(200);
        assertThat(
                        server.query(
                                "select scheme || ' ' || key_id || ' ' || (salt is null) from"
                                        + " appliance_secret where appliance_id = ?",
                                system.id()))
                .isEqualTo("hmac-sha256 k1 true");
        assertThat(
                        server.query(
                                "select action from audit_entry where subject = ?",
                                "system:" + system.id()))
                .isEqualTo("secret.rehashed");

        server.update("update appliance set name = name where id = ?", system.id());

        assertThat(server.get(INFO, system.authorization()).statusCode()).isEqualTo(200);
    }

    @Test
    void ten_thousand_random_secrets_are_all_refused() throws Exception {
        var random = new SecureRandom();
        var hex = HexFormat.of();
        var refusals = new AtomicInteger();
        var system = server.registered();

        try (var senders = Executors.newFixedThreadPool(8)) {
            for (var request = 0; request < 10_000; request++) {
                senders.execute(() -> {
                    var bytes = new byte[30];
                    random.nextBytes(bytes);
                    var secret =
                            "cof_"
                                    + hex.formatHex(bytes, 0, 10)
                                    + "."
                                    + hex.formatHex(bytes, 10, 30);
                    var answer = server.get(INFO, basic(system.key() + ":" + secret));
                    refusals.addAndGet(answer.statusCode() == 401 ? 1 : 0);
                });
            }
        }

        assertThat(refusals).hasValue(10_000);
        assertThat(server.get(INFO, system.authorization()).statusCode()).isEqualTo(200);
    }

    @Test
    void results_are_counted() throws Exception {
        server.get(INFO, server.registered().authorization());
        server.get(INFO, null);

        assertThat(server.get("/metrics?scope=application", null).body())
                .containsPattern("coffer_auth_total\\{[^}]*result=\"granted\"[^}]*\\} [1-9]")
                .containsPattern("coffer_auth_total\\{[^}]*result=\"refused\"[^}]*\\} [1-9]");
    }

    @Test
    void aliases_and_slashes_are_guarded_alike() throws Exception {
        Seed.Firewall system = server.registered();
        for (var path :
                new String[] {
                    "/collect/api/systems/info", "/backend/api/systems/info/", "/api/systems/info/"
                }) {
            assertThat(server.get(path, system.authorization()).statusCode())
                    .as(path)
                    .isEqualTo(200);
            refused(server.get(path, null), "authentication required");
        }
    }
}
