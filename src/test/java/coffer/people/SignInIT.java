package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.PersonClient.Answer;
import coffer.launch.Seed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

/** Signing in, going on and ending it, on one node. */
class SignInIT {

    private static final String WRONG = "not the password";

    private final PeopleServer server = PeopleServer.shared();

    private Answer login(String username, String password) {
        return PersonClient.login(server.node(), username, password);
    }

    private PersonClient bearer(Answer login) {
        return PersonClient.bearer(server.node(), login.text("data", "token"));
    }

    private Answer refresh(String token) {
        return PersonClient.anonymous(server.node())
                .post("/api/auth/refresh", "{\"refresh_token\":\"" + token + "\"}");
    }

    private static void assertRefused(Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.header("Content-Type")).contains("application/json");
        if (status == 401) {
            assertThat(answer.header("WWW-Authenticate").orElse("")).startsWith("Bearer");
        }
    }

    @Test
    void a_password_gives_a_token_that_tells_who_one_is() {
        var account = server.account(server.owner(), "admin");

        var login = login(account.username(), People.PASSWORD);

        assertThat(login.message()).isEqualTo("signed in");
        assertThat(login.header("Cache-Control")).contains("no-store");
        assertThat(login.at("data", "expires_in")).isEqualTo(900L);
        var me = bearer(login).get("/api/me");
        assertThat(me.status()).as(me.body()).isEqualTo(200);
        assertThat(me.text("data", "user", "id")).isEqualTo(account.id().toString());
        assertThat(me.body()).contains("users:manage").doesNotContain("destroy", "jobs:");
    }

    @Test
    void a_user_name_is_taken_in_capitals_too() {
        var account = server.account(server.owner(), "reader");

        assertThat(
                        login(
                                        account.username().toUpperCase(java.util.Locale.ROOT),
                                        People.PASSWORD)
                                .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/collect/api/me", "/backend/api/me/", "/api/users"})
    void nobody_without_a_credential_gets_in(String path) {
        assertRefused(
                PersonClient.anonymous(server.node()).get(path),
                401,
                "authorization header required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "bearer x", "Bearer ", "Bearer a.b.c", "Digest x"})
    void what_is_no_token_of_ours_is_refused(String header) {
        assertRefused(
                PersonClient.authorization(server.node(), header).get("/api/me"),
                401,
                "invalid token");
    }

    @Test
    void a_systems_secret_opens_nothing_for_people_and_a_token_nothing_for_systems()
            throws Exception {
        var token = server.person(server.owner(), "super-admin");
        try (var connection = server.instance().connect()) {
            var pepper = server.instance().settings().get("coffer.keys.pepper.k1");
            var system = new Seed(connection, "k1", pepper).appliance(server.owner(), true);
            var client = PersonClient.authorization(server.node(), system.authorization());

            assertRefused(client.get("/api/me"), 401, "invalid token");
            assertThat(client.get("/api/systems/info").status()).isEqualTo(200);
        }

        assertThat(token.get("/api/systems/info").status()).isEqualTo(401);
        assertThat(token.get("/api/systems/info").message())
                .isEqualTo("invalid authentication format");
    }

    @Test
    void a_wrong_password_and_an_unknown_name_are_answered_alike() {
        var account = server.account(server.owner(), "reader");

        var wrong = login(account.username(), WRONG);
        var unknown = login("nobody-" + account.username(), WRONG);

        assertRefused(wrong, 401, "invalid username or password");
        assertRefused(unknown, 401, "invalid username or password");
        assertThat(unknown.body()).isEqualTo(wrong.body());
    }

    @Test
    void five_failures_lock_a_name_whoever_has_it_and_time_unlocks_it() {
        var account = server.account(server.owner(), "reader");
        for (var name : new String[] {account.username(), "nobody-" + account.username()}) {
            for (var failure = 0; failure < 5; failure++) {
                assertThat(login(name, WRONG).status()).isEqualTo(401);
            }

            var locked = login(name, People.PASSWORD);

            assertRefused(locked, 429, "too many sign-in attempts");
            assertThat(Long.parseLong(locked.header("Retry-After").orElseThrow()))
                    .isBetween(1L, 61L);
        }

        server.advance(Duration.ofSeconds(61));

        assertThat(login(account.username(), People.PASSWORD).status()).isEqualTo(200);
        assertThat(
                        server.text(
                                "select count(*) from audit_entry where action = 'user.locked'"
                                        + " and subject = 'user:"
                                        + account.id()
                                        + "'"))
                .isEqualTo("1");
    }

    @Test
    void each_further_failure_doubles_the_lock() {
        var account = server.account(server.owner(), "reader");
        for (var failure = 0; failure < 5; failure++) {
            login(account.username(), WRONG);
        }
        server.advance(Duration.ofSeconds(61));
        login(account.username(), WRONG);

        var wait = login(account.username(), People.PASSWORD).header("Retry-After").orElseThrow();

        assertThat(Long.parseLong(wait)).isBetween(61L, 121L);
    }

    @Test
    void a_refresh_token_works_once_and_used_twice_ends_the_session() {
        var login = login(server.account(server.owner(), "reader").username(), People.PASSWORD);
        var first = login.text("data", "refresh_token");

        var second = refresh(first);

        assertThat(second.message()).isEqualTo("token refreshed");
        assertThat(bearer(second).get("/api/me").status()).isEqualTo(200);
        assertThat(bearer(login).get("/api/me").status()).isEqualTo(200);

        assertRefused(refresh(first), 401, "invalid token");

        assertRefused(bearer(second).get("/api/me"), 401, "invalid token");
        assertRefused(refresh(second.text("data", "refresh_token")), 401, "invalid token");
    }

    @Test
    void a_refresh_token_that_was_never_given_out_ends_nothing() {
        var login = login(server.account(server.owner(), "reader").username(), People.PASSWORD);
        var token = login.text("data", "refresh_token");

        assertRefused(
                refresh(token.substring(0, token.length() - 64) + "0".repeat(64)),
                401,
                "invalid token");
        assertRefused(
                refresh("cor_" + "0".repeat(32) + ".0." + "0".repeat(64)), 401, "invalid token");
        assertRefused(refresh("nonsense"), 401, "invalid token");

        assertThat(refresh(token).status()).isEqualTo(200);
    }

    @Test
    void a_session_ends_after_its_time_whatever_was_refreshed() {
        var login = login(server.account(server.owner(), "reader").username(), People.PASSWORD);
        server.advance(Duration.ofDays(7));

        assertRefused(refresh(login.text("data", "refresh_token")), 401, "invalid token");
    }

    @Test
    void a_sign_out_ends_the_token_and_no_other_session() {
        var account = server.account(server.owner(), "reader");
        var one = bearer(login(account.username(), People.PASSWORD));
        var other = bearer(login(account.username(), People.PASSWORD));

        assertThat(one.post("/api/auth/logout", null).message()).isEqualTo("signed out");

        assertRefused(one.get("/api/me"), 401, "invalid token");
        assertThat(other.get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void a_new_password_ends_every_other_session() {
        var account = server.account(server.owner(), "reader");
        var one = bearer(login(account.username(), People.PASSWORD));
        var other = bearer(login(account.username(), People.PASSWORD));

        var answer =
                one.put("/api/me/password", passwords(People.PASSWORD, "another long password"));

        assertThat(answer.message()).as(answer.body()).isEqualTo("password changed");
        assertThat(one.get("/api/me").status()).isEqualTo(200);
        assertRefused(other.get("/api/me"), 401, "invalid token");
        assertThat(login(account.username(), People.PASSWORD).status()).isEqualTo(401);
        assertThat(login(account.username(), "another long password").status()).isEqualTo(200);
    }

    @Test
    void a_new_password_is_long_and_the_old_one_must_be_right() {
        var one = server.person(server.owner(), "reader");

        var brief = one.put("/api/me/password", passwords(People.PASSWORD, "short"));
        var wrong = one.put("/api/me/password", passwords(WRONG, "another long password"));

        assertRefused(brief, 400, "validation failed");
        assertThat(brief.body()).contains("new_password").doesNotContain("short");
        assertRefused(wrong, 400, "validation failed");
        assertThat(wrong.body()).contains("current_password");
    }

    @Test
    void hashes_are_made_better_at_the_next_sign_in() {
        var account = server.account(server.owner(), "reader");
        server.sql(
                "update account set password_iterations = 1000 where id = '" + account.id() + "'");

        assertThat(login(account.username(), People.PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void what_is_missing_in_the_body_is_named() {
        var answer = PersonClient.anonymous(server.node()).post("/api/auth/login", "{}");

        assertRefused(answer, 400, "validation failed");
        assertThat(answer.body()).contains("username", "password");
        assertRefused(
                PersonClient.anonymous(server.node()).post("/api/auth/login", "not json"),
                400,
                "validation failed");
    }

    private static String passwords(String current, String next) {
        return "{\"current_password\":\"" + current + "\",\"new_password\":\"" + next + "\"}";
    }
}
