package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.PersonClient;
import coffer.launch.PersonClient.Answer;

import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Keys for programs. */
class ApiKeysIT {

    private static final String NEW_USER = "{\"username\":\"%s\",\"roles\":[\"reader\"]}";

    private final PeopleServer server = PeopleServer.shared();

    private Answer create(PersonClient person, String scope) {
        return person.post("/api/me/api-keys", "{\"name\":\"robot\",\"scope\":\"" + scope + "\"}");
    }

    private PersonClient key(PersonClient person, String scope) {
        return PersonClient.key(server.node(), create(person, scope).text("data", "key"));
    }

    @Test
    void a_key_acts_for_its_person_within_its_scope() {
        var person = server.person(server.owner(), "super-admin");
        var reads = key(person, "read");
        var writes = key(person, "write");

        assertThat(reads.get("/api/users").status()).isEqualTo(200);
        assertThat(reads.post("/api/users", NEW_USER.formatted("made-by-read")).status())
                .isEqualTo(403);
        assertThat(writes.post("/api/users", NEW_USER.formatted("made-by-write")).status())
                .isEqualTo(201);
        assertThat(person.get("/api/me").body()).contains("systems:destroy");
        assertThat(writes.get("/api/me").body()).contains("users:manage").doesNotContain("destroy");
    }

    @Test
    void a_key_makes_no_keys_and_changes_no_password() {
        var key = key(server.person(server.owner(), "super-admin"), "write");

        assertThat(create(key, "read").status()).isEqualTo(403);
        assertThat(
                        key.put(
                                        "/api/me/password",
                                        "{\"current_password\":\"x\",\"new_password\":\"y\"}")
                                .status())
                .isEqualTo(403);
        assertThat(key.put("/api/me", "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(key.post("/api/auth/logout", null).status()).isEqualTo(403);
    }

    @Test
    void a_key_makes_no_super_admin() {
        var key = key(server.person(server.owner(), "super-admin"), "write");

        var answer =
                key.post("/api/users", "{\"username\":\"by-key\",\"roles\":[\"super-admin\"]}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(403);
    }

    @Test
    void a_deleted_key_and_one_past_its_time_are_refused() {
        var person = server.person(server.owner(), "admin");
        var made = create(person, "read");
        var key = PersonClient.key(server.node(), made.text("data", "key"));
        assertThat(key.get("/api/me").status()).isEqualTo(200);

        person.delete("/api/me/api-keys/" + made.text("data", "api_key", "id"));

        assertThat(key.get("/api/me").status()).isEqualTo(401);
        assertThat(key.get("/api/me").message()).isEqualTo("invalid token");

        var other = key(person, "read");
        server.advance(Duration.ofDays(90));

        assertThat(other.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void a_wrong_secret_is_refused() {
        var made = create(server.person(server.owner(), "admin"), "read").text("data", "key");
        var wrong = made.substring(0, made.length() - 1) + (made.endsWith("0") ? "1" : "0");

        assertThat(PersonClient.key(server.node(), wrong).get("/api/me").status()).isEqualTo(401);
        assertThat(PersonClient.key(server.node(), "nonsense").get("/api/me").status())
                .isEqualTo(401);
    }

    @Test
    void a_list_shows_use_and_no_secret() {
        var person = server.person(server.owner(), "admin");
        var made = create(person, "read").text("data", "key");
        PersonClient.key(server.node(), made).get("/api/me");

        var list = person.get("/api/me/api-keys").body();

        assertThat(list)
                .contains(made.substring(0, made.indexOf('.')), "\"last_used_at\":\"20")
                .doesNotContain(made);
    }

    @Test
    void the_twenty_first_key_is_refused_and_so_is_nonsense() {
        var person = server.person(server.owner(), "admin");
        for (var key = 0; key < 20; key++) {
            assertThat(create(person, "read").status()).isEqualTo(201);
        }

        assertThat(create(person, "read").message()).isEqualTo("too many api keys");
        assertThat(create(person, "all").status()).isEqualTo(400);
        assertThat(
                        person.post("/api/me/api-keys", "{\"name\":\"x\",\"expires_in_days\":367}")
                                .status())
                .isEqualTo(400);
    }
}
