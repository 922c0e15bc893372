package coffer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;
import coffer.launch.People;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The example of a distributor's day runs as it stands there, to the erasure at its end. */
class FleetExamplesIT {

    private static final Pattern ERASURE = Pattern.compile("erasure (\\S+): pending, freezing");

    private final TestSite site = FleetSite.shared();

    @Test
    void the_example_builds_a_tree_does_a_distributors_day_and_destroys_it_all() {
        Tool.named("jq");
        Tool.named("curl");
        var account = FleetSite.account(FleetSite.owner(), "super-admin");

        var run =
                Tool.named("bash")
                        .run(
                                Map.of(
                                        "COFFER", site.node().uri().toString(),
                                        "COFFER_USER", account.username(),
                                        "COFFER_PASSWORD", People.PASSWORD),
                                List.of(
                                        Checkout.root()
                                                .resolve("docs/examples/fleet.sh")
                                                .toString()))
                        .orThrow();

        assertThat(run.output())
                .contains(
                        "example-fw-1\tExample Bianchi\tfresh\t2 backups",
                        "stored, pinned until 20",
                        "configuration 1",
                        "the appliance gets 200",
                        "old 200, new 200",
                        "before: old 200, new 401",
                        "after:  old 401, new 200",
                        "the appliances get 401 and 401");
        var erasures =
                ERASURE.matcher(run.output()).results().map(found -> found.group(1)).toList();
        assertThat(erasures).hasSize(2);
        var owner = FleetSite.person(FleetSite.owner(), "super-admin");
        for (var erasure : erasures) {
            awaitDone(owner, "/purges/" + erasure);
            assertThat(owner.get("/purges/" + erasure + "/receipt").status()).isEqualTo(200);
        }
        assertThat(owner.get("/organizations?status=all&search=example").text())
                .doesNotContain("Example Nord", "Example Bianchi");
        site.check();
    }

    /** Every wait of an erasure is said to be over; nobody else's time moves. */
    private void awaitDone(FleetSite.Person owner, String purge) {
        Wait.until(
                purge + " is done",
                Duration.ofSeconds(240),
                () -> {
                    var id = purge.substring("/purges/".length());
                    site.sql("update purge set wait_until = coffer_now() where id = '" + id + "'");
                    site.sql(
                            "update purge_place set first_at = first_at - interval '1 hour', looked_at ="
                                    + " looked_at - interval '1 hour' where purge_id = '"
                                    + id
                                    + "'");
                    return owner.get(purge).data().path("state").asText().equals("done");
                });
    }
}
