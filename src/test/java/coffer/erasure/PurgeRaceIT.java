package coffer.erasure;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Seed;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Systems are given to another organization while their own is erased by law. */
class PurgeRaceIT {

    private static final int SYSTEMS = 16;

    private static PurgeSite purges;

    @BeforeAll
    static void open() {
        purges = PurgeSite.shared();
    }

    @AfterAll
    static void catalogue_and_store_agree() {
        purges.site.checkSettled();
    }

    @Test
    void each_is_kept_whole_by_its_heir_or_erased_whole() throws Exception {
        var owner = purges.owner();
        var reseller = purges.organization("reseller", owner.getLast());
        var customer = purges.organization("customer", reseller);
        var heir = purges.site.customer();
        var systems = new ArrayList<Seed.Firewall>();
        for (var i = 0; i < SYSTEMS; i++) {
            var system = purges.site.system(customer);
            purges.site.client(system).upload(bytes(700, i), "kept.bin");
            systems.add(system);
        }
        purges.site.sql(
                "update organization set deleted_at = coffer_now() where id = '" + reseller + "'");

        var answers = new HashMap<UUID, Integer>();
        String purge;
        try (var threads = Executors.newFixedThreadPool(1)) {
            var some = new CountDownLatch(SYSTEMS / 4);
            var asked = new CountDownLatch(1);
            var moves =
                    threads.submit(() -> {
                        for (var system : systems) {
                            if (some.getCount() == 0 && answers.size() >= SYSTEMS * 3 / 4) {
                                asked.await(); // These come too late, however slow the other is.
                            }
                            var answer =
                                    purges.call(
                                            owner,
                                            "POST",
                                            "/api/systems/" + system.id() + "/reassign",
                                            Map.of("to", heir.toString()));
                            answers.put(system.id(), answer.status());
                            some.countDown();
                        }
                        return null;
                    });
            some.await();
            purge =
                    purges.call(owner, "DELETE", "/api/organizations/" + reseller + "/destroy")
                            .data()
                            .path("purge_id")
                            .asText();
            asked.countDown();
            moves.get();
        }
        var receipt = purges.receipt(purge);

        assertThat(answers.values()).contains(200).containsAnyOf(404, 409);
        for (var system : systems) {
            var erased = receipt.path("systems").toString().contains(system.id().toString());
            if (answers.get(system.id()) == 200) {
                assertThat(erased).isFalse();
                assertThat(purges.inPrimary(system.id())).hasSize(1);
                assertThat(
                                purges.text(
                                        "select organization_id from appliance where deleted_at is"
                                                + " null and id = '"
                                                + system.id()
                                                + "'"))
                        .isEqualTo(heir.toString());
                assertThat(purges.site.client(system).list().status()).isEqualTo(200);
            } else {
                assertThat(erased).isTrue();
                assertThat(purges.inPrimary(system.id())).isEmpty();
                assertThat(purges.traces(system.id())).isEmpty();
            }
        }
    }
}
