package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.PersonClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.UUID;

/** Accounts of others: who sees, makes and changes whom. */
class UsersIT extends UserBed {

    @Test
    void an_account_made_without_a_password_gets_one_that_must_be_changed() {
        var admin = server.person(distributor, "admin");
        var name = name();

        var made = admin.post("/api/users", json(name, reseller, "admin"));

        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(made.header("Location").orElseThrow())
                .endsWith("/api/users/" + made.text("data", "user", "id"));
        var password = made.text("data", "initial_password");
        var first = PersonClient.signIn(server.node(), name, password);
        assertRefused(first.get("/api/users"), 403, "insufficient permissions");
        assertThat(first.get("/api/me").at("data", "user", "password_must_change")).isEqualTo(true);

        first.put(
                "/api/me/password",
                "{\"current_password\":\"%s\",\"new_password\":\"a long one of my own\"}"
                        .formatted(password));

        assertThat(first.get("/api/users").status()).isEqualTo(200);
    }

    @Test
    void one_sees_the_accounts_of_ones_subtree_and_no_other() {
        var admin = server.person(distributor, "reader");
        var below = server.account(reseller, "reader");
        var outside = server.account(foreign, "reader");
        var above = server.account(server.owner(), "reader");

        var list = admin.get("/api/users?page_size=200").body();

        assertThat(list)
                .contains(below.id().toString())
                .doesNotContain(outside.id().toString(), above.id().toString());
        assertThat(admin.get("/api/users/" + below.id()).status()).isEqualTo(200);
        assertRefused(admin.get("/api/users/" + outside.id()), 403, "access denied to user");
        assertRefused(admin.get("/api/users/" + above.id()), 403, "access denied to user");
        assertRefused(admin.get("/api/users/" + UUID.randomUUID()), 404, "user not found");
        assertRefused(admin.get("/api/users/nonsense"), 404, "user not found");
    }

    @Test
    void a_list_is_searched_filtered_and_paged() {
        var admin = server.person(distributor, "admin");
        var name = name();
        admin.post("/api/users", json(name + "-100%", reseller, "support").replace("%", ""));
        admin.post("/api/users", json(name + "-200", distributor, "reader"));

        assertThat(admin.get("/api/users?search=" + name).at("data", "pagination", "total_count"))
                .isEqualTo(2L);
        assertThat(
                        admin.get("/api/users?search=" + name + "&role=support")
                                .at("data", "pagination", "total_count"))
                .isEqualTo(1L);
        assertThat(
                        admin.get("/api/users?search=" + name + "&organization_id=" + distributor)
                                .at("data", "pagination", "total_count"))
                .isEqualTo(1L);
        assertThat(
                        admin.get(
                                        "/api/users?search="
                                                + name
                                                + "&include_hierarchy=true&organization_id="
                                                + distributor)
                                .at("data", "pagination", "total_count"))
                .isEqualTo(2L);
        assertThat(
                        admin.get("/api/users?search=" + name + "&page_size=1")
                                .at("data", "pagination", "has_next"))
                .isEqualTo(true);
        assertThat(admin.get("/api/users?search=%25").at("data", "pagination", "total_count"))
                .isEqualTo(0L);
        assertThat(admin.get("/api/users?page_size=201").status()).isEqualTo(400);
        assertThat(admin.get("/api/users?organization_id=x").status()).isEqualTo(400);
    }

    @Test
    void nobody_makes_an_account_above_or_beside_their_own_organization() {
        var admin = server.person(distributor, "admin");

        for (var organization : new UUID[] {server.owner(), foreign}) {
            assertRefused(
                    admin.post("/api/users", json(name(), organization, "reader")),
                    403,
                    "access denied to organization");
        }
        assertRefused(
                admin.post("/api/users", json(name(), UUID.randomUUID(), "reader")),
                404,
                "organization not found");
    }

    @ParameterizedTest
    @CsvSource({
        "super-admin, owner, super-admin, 201",
        "super-admin, distributor, super-admin, 403",
        "super-admin, distributor, admin, 201",
        "admin, owner, super-admin, 403",
        "admin, owner, admin, 201",
        "admin, distributor, super-admin, 403",
        "support, owner, reader, 403",
        "backoffice, owner, reader, 403",
        "reader, owner, reader, 403"
    })
    void nobody_gives_what_they_do_not_have(String role, String place, String given, int status) {
        var caller = server.person(place.equals("owner") ? server.owner() : distributor, role);

        assertThat(caller.post("/api/users", json(name(), reseller, given)).status())
                .isEqualTo(status);
    }

    @Test
    void an_admin_does_nothing_to_a_super_admin() {
        var admin = server.person(server.owner(), "admin");
        var root = server.account(server.owner(), "super-admin");

        assertRefused(
                admin.put("/api/users/" + root.id(), "{\"password\":\"a password to get in\"}"),
                403,
                "insufficient permissions");
        assertRefused(
                admin.put("/api/users/" + root.id(), "{\"roles\":[\"reader\"]}"),
                403,
                "insufficient permissions");
        assertRefused(admin.delete("/api/users/" + root.id()), 403, "insufficient permissions");
        assertThat(admin.get("/api/users/" + root.id()).body()).contains("\"actions\":[]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"roles\":[\"admin\"]}",
                "{\"disabled\":true}",
                "{\"password\":\"another password\"}"
            })
    void nobody_decides_about_their_own_standing(String change) {
        var account = server.account(server.owner(), "super-admin");
        var person = server.signIn(account);

        assertRefused(
                person.put("/api/users/" + account.id(), change), 403, "access denied to user");
        assertRefused(person.delete("/api/users/" + account.id()), 403, "access denied to user");
        assertThat(person.put("/api/users/" + account.id(), "{\"name\":\"New\"}").status())
                .isEqualTo(200);
    }

    @Test
    void a_taken_name_and_nonsense_are_refused() {
        var admin = server.person(distributor, "admin");
        var account = server.account(reseller, "admin");

        assertRefused(
                admin.post("/api/users", json(account.username(), reseller, "reader")),
                409,
                "user already exists");
        for (var body :
                new String[] {
                    "{}",
                    "{\"username\":\"no spaces\"}",
                    "{\"username\":\"x\",\"roles\":[\"king\"]}",
                    "{\"username\":\"x\",\"roles\":[]}",
                    "{\"username\":\"x\",\"email\":\"nothing\"}",
                    "{\"username\":\"x\",\"locale\":\"de\"}",
                    "{\"username\":\"x\",\"password\":\"short\"}",
                    "{\"username\":\"x\",\"organization_id\":\"y\"}",
                    "nonsense"
                }) {
            assertRefused(admin.post("/api/users", body), 400, "validation failed");
        }
    }

    @Test
    void people_change_their_own_name_and_language() {
        var person = server.person(reseller, "reader");

        person.put("/api/me", "{\"name\":\"Anna Rossi\",\"locale\":\"it\"}");

        assertThat(person.get("/api/me").text("data", "user", "name")).isEqualTo("Anna Rossi");
        assertThat(person.get("/api/me").text("data", "user", "locale")).isEqualTo("it");
        assertThat(person.put("/api/me", "{\"locale\":\"de\"}").status()).isEqualTo(400);
    }
}
