package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Seed;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Invariant 6 for people on two running nodes, with the bus and without. What the contract gives a
 * second for is waited for longer on a busy machine, and for less than the half minute that it
 * takes without the bus.
 */
class PeopleRevocationIT {

    private static final Duration WITH_THE_BUS = Duration.ofSeconds(15);
    private static final Duration WITHOUT_IT = Duration.ofSeconds(90);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Parts parts;
    private static Instance instance;
    private static Node first;
    private static Node second;

    private UUID owner;
    private UUID distributor;
    private UUID reseller;
    private People.Account account;
    private PersonClient person;
    private PersonClient admin;

    @BeforeAll
    static void startTwoNodes() {
        parts = Parts.start();
        instance = parts.instance("people-revocation");
        first = node("first").start();
        second = node("second").start();
        first.awaitReady(Duration.ofSeconds(240));
        second.awaitReady(Duration.ofSeconds(240));
        awaitTheBus();
    }

    /** A demo's catalogue has a first account, a test's has none. */
    private static Node node(String name) {
        return Node.on(instance, name)
                .with("coffer.installation.purpose", "demo")
                .with("coffer.sign-in.hash-iterations", "" + People.ITERATIONS)
                .with("coffer.log.format", "simple")
                .with("WLP_LOGGING_CONSOLE_FORMAT", "simple");
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
            var pepper = instance.settings().get("coffer.keys.pepper.k1");
            var seed = new Seed(connection, "k1", pepper);
            owner = seed.owner("Owner");
            distributor = seed.organization("distributor", owner, "Distributor");
            reseller = seed.organization("reseller", distributor, "Reseller");
            var people = new People(connection, pepper);
            account = people.account(reseller, "person-" + UUID.randomUUID(), "admin");
            var boss = people.account(distributor, "boss-" + UUID.randomUUID(), "admin");
            person = PersonClient.signIn(first, account.username(), People.PASSWORD);
            admin = PersonClient.signIn(first, boss.username(), People.PASSWORD);
        }
    }

    private static void awaitTheBus() {
        for (var node : List.of(first, second)) {
            Wait.until(
                    node.name() + " hears the bus",
                    PATIENCE,
                    () ->
                            PersonClient.anonymous(node)
                                    .get("/health/ready")
                                    .body()
                                    .contains("\"bus_hears\":true"));
        }
    }

    /** Both nodes know the person, twice: the second time from memory. */
    private void warm() {
        for (var node : List.of(first, second, first, second)) {
            assertThat(person.on(node).get("/api/me").status()).isEqualTo(200);
        }
    }

    private void await(int status, Duration limit) {
        for (var node : List.of(first, second)) {
            Wait.until(
                    status + " on " + node.name(),
                    limit,
                    () -> person.on(node).get("/api/users").status() == status);
        }
    }

    private void sql(String statement) {
        try (var connection = instance.connect();
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    @Test
    void the_first_account_is_made_once_and_told_once() {
        var words = Pattern.compile("user name   admin\\s+password    ([0-9a-f-]{24})");
        Wait.until("it is told", PATIENCE, () -> words.matcher(first.log() + second.log()).find());
        var told = words.matcher(first.log() + second.log());
        assertThat(told.find()).isTrue();
        var password = told.group(1);
        assertThat(told.find()).isFalse();

        var root = PersonClient.signIn(second, "admin", password);

        assertThat(root.get("/api/users").status()).isEqualTo(403);
        root.put(
                "/api/me/password",
                "{\"current_password\":\"%s\",\"new_password\":\"the owner's own words\"}"
                        .formatted(password));
        assertThat(root.get("/api/users").status()).isEqualTo(200);
        assertThat(root.get("/api/me").body()).contains("organizations:destroy", "jobs:manage");
    }

    @Test
    void a_token_of_one_node_is_good_on_the_other() {
        assertThat(person.on(second).get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void a_sign_out_is_known_on_both_nodes() {
        warm();

        person.on(second).post("/api/auth/logout", null);

        await(401, WITH_THE_BUS);
    }

    @Test
    void a_role_taken_away_is_known_on_both_nodes() {
        warm();
        assertThat(person.on(second).post("/api/users", "{}").status()).isEqualTo(400);

        admin.put("/api/users/" + account.id(), "{\"roles\":[\"support\"]}");

        await(403, WITH_THE_BUS);
    }

    @Test
    void a_new_password_ends_the_other_sessions_on_both_nodes() {
        warm();
        var other = PersonClient.signIn(second, account.username(), People.PASSWORD);

        other.put(
                "/api/me/password",
                "{\"current_password\":\"%s\",\"new_password\":\"another long password\"}"
                        .formatted(People.PASSWORD));

        await(401, WITH_THE_BUS);
        assertThat(other.on(first).get("/api/me").status()).isEqualTo(200);
    }

    @Test
    void a_refresh_token_used_twice_on_two_nodes_ends_the_session_on_both() {
        var login = PersonClient.login(first, account.username(), People.PASSWORD);
        person = PersonClient.bearer(first, login.text("data", "token"));
        warm();
        var once = "{\"refresh_token\":\"" + login.text("data", "refresh_token") + "\"}";

        var kept = PersonClient.anonymous(first).post("/api/auth/refresh", once);
        var stolen = PersonClient.anonymous(second).post("/api/auth/refresh", once);

        assertThat(kept.status()).isEqualTo(200);
        assertThat(stolen.status()).isEqualTo(401);
        await(401, WITH_THE_BUS);
    }

    @Test
    void failures_on_one_node_lock_the_name_on_the_other() {
        for (var failure = 0; failure < 5; failure++) {
            PersonClient.login(failure % 2 == 0 ? first : second, account.username(), "wrong");
        }

        for (var node : List.of(first, second)) {
            assertThat(PersonClient.login(node, account.username(), People.PASSWORD).status())
                    .isEqualTo(429);
        }
        assertThat(person.on(second).get("/api/me").status())
                .as("a session goes on")
                .isEqualTo(200);
    }

    @Test
    void a_removed_account_is_known_on_both_nodes() {
        warm();

        admin.delete("/api/users/" + account.id());

        await(401, WITH_THE_BUS);
    }

    @Test
    void without_redis_a_removal_is_known_within_thirty_seconds_and_with_it_again_at_once() {
        warm();
        parts.redis().stop();
        try {
            sql("update account set disabled_at = coffer_now() where id = '" + account.id() + "'");

            await(401, WITHOUT_IT);
        } finally {
            parts.redis().start();
        }
        awaitTheBus();
        sql("update account set disabled_at = null where id = '" + account.id() + "'");
        warm();

        admin.delete("/api/users/" + account.id());

        await(401, WITH_THE_BUS);
    }

    @Test
    void a_suspended_organization_is_known_within_thirty_seconds_though_nobody_said_so() {
        warm();

        sql("update organization set suspended_at = coffer_now() where id = '" + distributor + "'");

        await(401, WITHOUT_IT);
        assertThat(PersonClient.login(first, account.username(), People.PASSWORD).status())
                .isEqualTo(401);

        sql("update organization set suspended_at = null where id = '" + distributor + "'");

        await(200, WITH_THE_BUS);
    }

    @Test
    void with_the_database_away_nobody_gets_a_401_for_a_token_of_ours() {
        assertThat(person.get("/api/me").status()).isEqualTo(200);
        parts.postgresql().stop();
        try {
            var unknown = person.on(second).get("/api/me");

            assertThat(unknown.status()).as(unknown.body()).isEqualTo(503);
            assertThat(unknown.header("Retry-After")).isPresent();
            assertThat(
                            PersonClient.key(second, "cok_" + "0".repeat(20) + "." + "0".repeat(40))
                                    .get("/api/me")
                                    .status())
                    .isEqualTo(503);
            assertThat(PersonClient.login(second, account.username(), People.PASSWORD).status())
                    .isEqualTo(503);
            assertThat(PersonClient.anonymous(second).get("/api/me").status()).isEqualTo(401);
        } finally {
            parts.postgresql().startAgain();
        }
        Wait.until(
                "the database is back",
                PATIENCE,
                () ->
                        Stream.of(first, second)
                                .allMatch(node -> person.on(node).get("/api/me").status() == 200));
    }
}
