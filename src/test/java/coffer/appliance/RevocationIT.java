package coffer.appliance;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Wait;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Invariant 6 on two running nodes: a revoked credential is refused on both, with the bus and
 * without.
 */
class RevocationIT extends RevocationBed {

    @ParameterizedTest
    @CsvSource({"suspend, reactivate", "delete, restore"})
    void what_ends_a_systems_access_ends_it_on_both_nodes_and_can_be_undone(
            String end, String undo) {
        warm();

        act("system-" + end, system.id());

        await(401, WITH_THE_BUS);

        act("system-" + undo, system.id());

        await(200, WITH_THE_BUS);
    }

    @ParameterizedTest
    @CsvSource({
        "suspend, reactivate, 0", "suspend, reactivate, 1", "suspend, reactivate, 2",
                "suspend, reactivate, 3",
        "delete, restore, 0", "delete, restore, 1", "delete, restore, 2", "delete, restore, 3"
    })
    void what_ends_an_organizations_access_ends_it_below_on_both_nodes(
            String end, String undo, int tier) {
        warm();

        act("organization-" + end, path[tier]);

        await(401, WITH_THE_BUS);

        act("organization-" + undo, path[tier]);

        await(200, WITH_THE_BUS);
    }

    @Test
    void a_rotated_secret_ends_on_both_nodes_and_the_new_one_works() {
        warm();

        var secret = act("system-rotate", system.id());

        await(401, WITH_THE_BUS);
        for (var node : List.of(first, second)) {
            assertThat(
                            get(node, "/api/systems/info", authorization(system.key(), secret))
                                    .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void a_rotated_secret_works_as_long_as_the_overlap_says() {
        act("system-rotate-10s", system.id());
        warm();

        await(401, Duration.ofSeconds(22)); // Less than an entry lives.
    }

    @Test
    void a_system_made_by_the_face_is_let_in_once_it_has_registered() {
        var customer = UUID.fromString(act("organization-create", path[2]));
        var made = act("system-create", customer).split(" ", -1);

        assertThat(made[0]).matches("NETH(-[0-9A-F]{4}){8}");
        assertThat(get(second, "/api/systems/info", authorization(made[0], made[1])).statusCode())
                .isEqualTo(401);

        send(
                HttpRequest.newBuilder(second.uri("/api/systems/register"))
                        .POST(BodyPublishers.ofString("{\"system_secret\":\"" + made[1] + "\"}")));

        assertThat(get(first, "/api/systems/info", authorization(made[0], made[1])).statusCode())
                .isEqualTo(200);
    }

    @Test
    void every_decision_is_audited() throws SQLException {
        act("system-suspend", system.id());
        act("system-reactivate", system.id());
        act("system-rotate", system.id());
        act("system-delete", system.id());
        act("system-delete", system.id());
        act("system-restore", system.id());

        try (var connection = instance.connect();
                var query =
                        connection.prepareStatement(
                                "select string_agg(action, ' ' order by at, id) from audit_entry"
                                        + " where subject = ?")) {
            query.setString(1, "system:" + system.id());
            var rows = query.executeQuery();
            rows.next();
            assertThat(rows.getString(1))
                    .isEqualTo(
                            "system.suspended system.reactivated secret.ended secret.issued"
                                    + " system.deleted system.restored");
        }
    }

    @Test
    void without_redis_a_revocation_is_known_within_thirty_seconds_and_with_it_again_at_once() {
        warm();
        parts.redis().stop();

        act("system-suspend", system.id());

        await(401, WITHOUT_IT);

        act("system-reactivate", system.id());
        parts.redis().start();
        awaitTheBus();
        warm();
        act("system-suspend", system.id());

        await(401, WITH_THE_BUS);
    }

    @Test
    void what_redis_was_too_slow_to_take_is_said_again() {
        warm();
        parts.redis().freeze(); // For a moment: too short for a gap that the bus would notice.
        try {
            Wait.until(
                    "the first node gave redis up",
                    PATIENCE,
                    () -> get(first, "/health/ready", null).body().contains("\"state\":\"away\""));
            act("system-suspend", system.id());
        } finally {
            parts.redis().thaw();
        }

        await(401, WITH_THE_BUS);
    }

    @Test
    void a_redis_that_hangs_keeps_nobody_waiting() {
        warm();
        parts.redis().freeze();
        try {
            act("system-suspend", system.id());

            await(401, WITHOUT_IT);

            var quickest = Duration.ofDays(1);
            for (var i = 0; i < 5; i++) { // One of them meets no other work of the machine.
                var before = System.nanoTime();
                assertThat(get(second, "/health/ready", null).statusCode()).isEqualTo(200);
                assertThat(status(second)).isEqualTo(401);
                var took = Duration.ofNanos(System.nanoTime() - before);
                quickest = took.compareTo(quickest) < 0 ? took : quickest;
            }
            assertThat(quickest).isLessThan(Duration.ofSeconds(2));
        } finally {
            parts.redis().thaw();
        }
        awaitTheBus();
    }

    @Test
    void with_the_database_away_nobody_unknown_gets_a_401_and_registration_answers_429() {
        warm();
        parts.postgresql().stop();
        try {
            var unknown =
                    authorization("NETH-0000", "cof_" + "0".repeat(20) + "." + "0".repeat(40));

            assertThat(get(second, "/api/systems/info", unknown).statusCode()).isEqualTo(503);
            assertThat(get(second, "/api/systems/info", authorization("a", "b")).statusCode())
                    .isEqualTo(503);
            assertThat(get(second, "/api/systems/info", null).statusCode()).isEqualTo(401);
            assertThat(status(second)).isEqualTo(503);

            var registration =
                    send(
                            HttpRequest.newBuilder(second.uri("/api/systems/register"))
                                    .POST(
                                            BodyPublishers.ofString(
                                                    "{\"system_secret\":\""
                                                            + system.secret()
                                                            + "\"}")));

            assertThat(registration.statusCode()).isEqualTo(429);
            assertThat(registration.headers().firstValue("Retry-After")).isPresent();
        } finally {
            parts.postgresql().startAgain();
        }
        await(200, PATIENCE);
    }
}
