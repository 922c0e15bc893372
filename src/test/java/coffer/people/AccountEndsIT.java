package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;

import org.junit.jupiter.api.Test;

/** What ends an account, or what it may, is felt at once, and written down. */
class AccountEndsIT extends UserBed {

    @Test
    void a_role_that_was_taken_away_is_gone_at_once() {
        var account = server.account(reseller, "admin");
        var person = server.signIn(account);
        assertThat(person.post("/api/users", json(name(), reseller, "reader")).status())
                .isEqualTo(201);

        server.person(distributor, "admin")
                .put("/api/users/" + account.id(), "{\"roles\":[\"reader\"]}");

        assertRefused(
                person.post("/api/users", json(name(), reseller, "reader")),
                403,
                "insufficient permissions");
    }

    @Test
    void a_removed_account_is_refused_at_once_and_leaves_only_its_id() {
        var account = server.account(reseller, "admin");
        var person = server.signIn(account);
        assertThat(person.get("/api/me").status()).isEqualTo(200);
        var admin = server.person(distributor, "admin");

        assertThat(admin.delete("/api/users/" + account.id()).message()).isEqualTo("user deleted");

        assertRefused(person.get("/api/me"), 401, "invalid token");
        assertRefused(admin.get("/api/users/" + account.id()), 404, "user not found");
        assertThat(PersonClient.login(server.node(), account.username(), People.PASSWORD).status())
                .isEqualTo(401);
        assertThat(
                        server.text(
                                "select concat(username, name, email, password_mac) from account"
                                        + " where id = '"
                                        + account.id()
                                        + "'"))
                .isEmpty();
        assertThat(admin.post("/api/users", json(account.username(), reseller, "reader")).status())
                .isEqualTo(201);
    }

    @Test
    void a_disabled_account_is_refused_until_it_is_enabled() {
        var account = server.account(reseller, "admin");
        var person = server.signIn(account);
        var admin = server.person(distributor, "admin");

        admin.put("/api/users/" + account.id(), "{\"disabled\":true}");

        assertRefused(person.get("/api/me"), 401, "invalid token");
        assertThat(PersonClient.login(server.node(), account.username(), People.PASSWORD).status())
                .isEqualTo(401);

        admin.put("/api/users/" + account.id(), "{\"disabled\":false}");

        assertThat(PersonClient.login(server.node(), account.username(), People.PASSWORD).status())
                .isEqualTo(200);
    }

    @Test
    void a_password_set_from_above_ends_the_sessions_and_must_be_changed() {
        var account = server.account(reseller, "admin");
        var person = server.signIn(account);

        server.person(distributor, "admin")
                .put("/api/users/" + account.id(), "{\"password\":\"told by telephone\"}");

        assertRefused(person.get("/api/me"), 401, "invalid token");
        var again = PersonClient.signIn(server.node(), account.username(), "told by telephone");
        assertRefused(again.get("/api/users"), 403, "insufficient permissions");
    }

    @Test
    void every_change_is_audited_by_ids() {
        var admin = server.person(distributor, "admin");
        var id =
                admin.post("/api/users", json(name(), reseller, "reader"))
                        .text("data", "user", "id");
        admin.put("/api/users/" + id, "{\"roles\":[\"support\"]}");
        admin.delete("/api/users/" + id);

        assertThat(
                        server.text(
                                "select string_agg(action, ' ' order by at, id) from audit_entry"
                                        + " where subject = 'user:"
                                        + id
                                        + "'"))
                .isEqualTo("user.created user.updated user.deleted");
    }
}
