package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Seed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;

/** {@code POST /api/systems/register}, refusal by refusal. */
class RegisterIT {

    private static final String REGISTER = "/api/systems/register";
    private final ApplianceServer server = ApplianceServer.get();

    private HttpResponse<String> register(String secret) {
        return server.post(REGISTER, null, body(secret));
    }

    private static String body(String secret) {
        return "{\"system_secret\": \"" + secret + "\"}";
    }

    private Seed.Firewall fresh() throws SQLException {
        return server.appliance(server.tree().customer(), false);
    }

    private static String otherHiddenPart(Seed.Firewall system) {
        var last = system.secret().charAt(system.secret().length() - 1);
        return system.secret().substring(0, system.secret().length() - 1)
                + (last == '0' ? '1' : '0');
    }

    @Test
    void a_system_registers_with_its_secret_and_is_let_in_from_then_on() throws Exception {
        var system = fresh();

        assertThat(server.get("/api/systems/info", system.authorization()).statusCode())
                .isEqualTo(401);

        var answer = register(system.secret());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"code\":200", "\"message\":\"system registered successfully\"")
                .contains("\"system_key\":\"" + system.key() + "\"")
                .containsPattern("\"registered_at\":\"\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z\"");
        assertThat(server.get("/api/systems/info", system.authorization()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_registration_is_audited_with_the_address_in_the_detail_alone() throws Exception {
        var system = fresh();
        register(system.secret());

        assertThat(
                        server.query(
                                """
                                select d.detail ->> 'address' from audit_entry e join audit_detail d on d.entry_id = e.id
                                 where e.action = 'system.registered' and e.subject = ?
                                """,
                                "system:" + system.id()))
                .startsWith("198.18.");
        assertThat(
                        server.query(
                                "select row_to_json(e) from audit_entry e where e.subject = ?",
                                "system:" + system.id()))
                .contains("\"actor\":\"system:" + system.id())
                .doesNotContain("198.18.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "not json",
                "{}",
                "{\"system_secret\": null}",
                "{\"system_secret\": 7}",
                "{\"system_secret\": \"\"}",
                "{\"system_secret\": \"cof_0123\"}",
                "{\"system_secret\":"
                        + " \"NETH_0123456789abcdef0123.0123456789abcdef0123456789abcdef01234567\"}"
            })
    void what_cannot_be_a_secret_is_a_wrong_format(String body) {
        var answer = server.post(REGISTER, null, body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"code\":400", "\"message\":\"invalid system secret format\"")
                .contains("\"type\":\"invalid_secret_format\"");
    }

    @Test
    void a_body_without_end_is_a_wrong_format() {
        assertThat(server.post(REGISTER, null, body("x".repeat(1_000_000))).statusCode())
                .isEqualTo(400);
    }

    @Test
    void the_content_type_does_not_matter() throws Exception {
        var request =
                server.request(REGISTER)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Accept", "text/html")
                        .POST(BodyPublishers.ofString(body(fresh().secret())));

        assertThat(server.send(request).statusCode()).isEqualTo(200);
    }

    @Test
    void an_unknown_secret_and_a_wrong_one_are_refused_alike() throws Exception {
        var unknown = register("cof_" + "a".repeat(20) + "." + "b".repeat(40));
        var wrong = register(otherHiddenPart(fresh()));

        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(unknown.body()).contains("\"message\":\"invalid system secret\"");
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).isEqualTo(unknown.body());
    }

    @Test
    void the_state_of_a_system_is_not_told_to_who_does_not_prove_its_secret() throws Exception {
        var system = server.registered();

        assertThat(register(otherHiddenPart(system)).statusCode()).isEqualTo(401);
    }

    @Test
    void a_deleted_system_is_refused() throws Exception {
        var system = fresh();
        server.update("update appliance set deleted_at = now() where id = ?", system.id());

        var answer = register(system.secret());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"message\":\"system has been deleted\"");
    }

    @Test
    void a_system_below_a_deleted_organization_is_refused() throws Exception {
        var tree = server.tree();
        var system = server.appliance(tree.customer(), false);
        server.update(
                "update organization set deleted_at = now() where id = ?", tree.distributor());

        assertThat(register(system.secret()).statusCode()).isEqualTo(403);
    }

    @Test
    void a_second_registration_is_refused_and_deletion_comes_before_it() throws Exception {
        var system = server.registered();

        var answer = register(system.secret());

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"message\":\"system is already registered\"");

        server.update("update appliance set deleted_at = now() where id = ?", system.id());

        assertThat(register(system.secret()).statusCode()).isEqualTo(403);
    }

    @Test
    void attempts_with_one_public_part_are_throttled() throws Exception {
        var wrong = otherHiddenPart(fresh());
        for (var attempt = 0; attempt < 10; attempt++) {
            assertThat(register(wrong).statusCode()).isEqualTo(401);
        }

        throttled(register(wrong));
    }

    @Test
    void attempts_from_one_address_are_throttled() {
        HttpResponse<String> last = null;
        for (var attempt = 0;
                attempt < 120 && (last == null || last.statusCode() == 401);
                attempt++) {
            var secret = "cof_" + "%020x".formatted(attempt) + "." + "0".repeat(40);
            last =
                    server.send(
                            server.request(REGISTER)
                                    .setHeader("X-Forwarded-For", "203.0.113.9")
                                    .POST(BodyPublishers.ofString(body(secret))));
        }

        throttled(last);
    }

    private static void throttled(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"type\":\"registration_throttled\"");
        assertThat(answer.headers().firstValueAsLong("Retry-After")).isPresent();
    }
}
