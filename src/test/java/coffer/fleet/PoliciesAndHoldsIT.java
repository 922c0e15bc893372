package coffer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;

/** What is decided from above about an organization, and what it may decide itself. */
class PoliciesAndHoldsIT extends OrganizationBed {

    @Test
    void a_customers_admin_tightens_its_policy_and_never_loosens_it() {
        policy(owner, customer, "{\"quota_bytes\": 50000, \"max_backups\": 5}");
        var admin = person(customer, "admin");

        var raised = policy(admin, customer, "{\"quota_bytes\": 50001, \"max_backups\": 5}");
        var lifted = policy(admin, customer, "{\"max_backups\": 5}");
        var more = policy(admin, customer, "{\"quota_bytes\": 50000, \"max_backups\": 6}");
        var tighter =
                policy(
                        admin,
                        customer,
                        "{\"quota_bytes\": 40000, \"max_backups\": 4, \"ciphertext\": \"demand\"}");
        var looser = policy(admin, customer, "{\"quota_bytes\": 40000, \"max_backups\": 4}");
        var byReseller = policy(person(reseller, "admin"), customer, "{\"quota_bytes\": 90000}");

        assertThat(raised.status()).isEqualTo(403);
        assertThat(raised.message()).isEqualTo("policy may only be tightened");
        assertThat(raised.data().path("fields").toString()).isEqualTo("[\"quota_bytes\"]");
        assertThat(lifted.status()).isEqualTo(403);
        assertThat(more.data().path("fields").toString()).isEqualTo("[\"max_backups\"]");
        assertThat(tighter.status()).isEqualTo(200);
        assertThat(looser.data().path("fields").toString()).isEqualTo("[\"ciphertext\"]");
        assertThat(byReseller.status()).isEqualTo(200);
    }

    @Test
    void what_was_decided_about_a_reseller_binds_what_it_gives_its_customers() {
        policy(owner, reseller, "{\"max_backups\": 7, \"ciphertext\": \"demand\"}");
        var admin = person(reseller, "admin");

        var looser = policy(admin, customer, "{\"max_backups\": 8, \"ciphertext\": \"flag\"}");
        var tighter = policy(admin, customer, "{\"max_backups\": 6}");

        assertThat(looser.data().path("fields").toString())
                .isEqualTo("[\"max_backups\",\"ciphertext\"]");
        assertThat(tighter.status()).isEqualTo(200);
    }

    @Test
    void a_policy_says_what_holds_and_who_decided_it_as_far_as_the_caller_sees() {
        policy(owner, distributor, "{\"max_backups\": 30}");
        policy(owner, reseller, "{\"max_bytes\": 1000000, \"downloads\": \"restricted\"}");
        policy(owner, customer, "{\"quota_bytes\": 0}");
        var path = "/organizations/" + customer + "/policy";

        var held = person(reseller, "reader").get(path).data();

        assertThat(held.path("max_backups").toString())
                .isEqualTo(
                        "{\"organization_id\":null,\"organization_name\":null,"
                                + "\"source\":\"above\",\"value\":30}");
        assertThat(held.at("/max_bytes/organization_id").asText()).isEqualTo(reseller);
        assertThat(held.at("/downloads/value").asText()).isEqualTo("restricted");
        assertThat(held.at("/quota_bytes/source").asText()).isEqualTo("own");
        assertThat(held.at("/quota_bytes/value").asLong()).isZero();
        assertThat(held.at("/ciphertext/source").asText()).isEqualTo("default");
        assertThat(
                        person(reseller, "reader")
                                .get("/organizations/" + distributor + "/policy")
                                .status())
                .isEqualTo(403);
    }

    @Test
    void a_hold_set_from_above_is_not_lifted_from_below_and_protects_every_backup() {
        var system = site.system(UUID.fromString(customer));
        var client = site.client(system);
        policy(owner, customer, "{\"max_backups\": 2}");
        var first = client.upload(bytes(1_000, 1), "a.bin");
        var admin = person(customer, "admin");
        var above = person(reseller, "admin");

        var set = hold(above, customer);
        var lifted = admin.delete("/organizations/" + customer + "/hold");
        var deleted = client.delete(first.id());
        for (var i = 2; i <= 5; i++) {
            client.upload(bytes(1_000, i), "b.bin");
        }
        var kept = client.ids();
        var byDistributor =
                person(distributor, "admin").delete("/organizations/" + customer + "/hold");
        var none = above.delete("/organizations/" + customer + "/hold");
        client.upload(bytes(1_000, 6), "c.bin");

        assertThat(set.status()).isEqualTo(200);
        assertThat(lifted.status()).isEqualTo(403);
        assertThat(lifted.message()).isEqualTo("access denied to hold");
        assertThat(deleted.status()).isEqualTo(409);
        assertThat(deleted.message()).isEqualTo("backup is protected");
        assertThat(kept).hasSize(5);
        assertThat(byDistributor.status()).isEqualTo(200);
        assertThat(none.status()).isEqualTo(404);
        assertThat(client.ids()).hasSize(2);
    }

    @Test
    void a_quota_set_and_lifted_under_parallel_uploads_counts_to_the_last_byte() throws Exception {
        var clients = new ArrayList<ApplianceClient>();
        for (var i = 0; i < 8; i++) {
            var below = made(owner, "customer", reseller, "Parallel " + i);
            clients.add(site.client(site.system(UUID.fromString(below))));
        }

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < clients.size(); i++) {
                var client = clients.get(i);
                var seed = i;
                pool.submit(() -> {
                    for (var round = 0; round < 12; round++) {
                        assertThat(
                                        client.upload(
                                                        bytes(2_000 + seed, seed * 100 + round),
                                                        "a.bin")
                                                .status())
                                .isEqualTo(201);
                    }
                });
            }
            pool.submit(() -> {
                for (var round = 0; round < 10; round++) {
                    policy(owner, distributor, "{\"quota_bytes\": 10000000}");
                    policy(owner, reseller, "{\"quota_bytes\": 9000000}");
                    policy(owner, distributor, "{}");
                    policy(owner, reseller, "{}");
                }
                policy(owner, distributor, "{\"quota_bytes\": 10000000}");
            });
        }

        site.checkSettled();
        assertThat(tree(distributor))
                .isEqualTo(
                        site.number(
                                "select sum(u.live_bytes) from appliance_usage u join appliance a"
                                        + " on a.id = u.appliance_id join organization o on o.id ="
                                        + " a.organization_id where o.parent_id = '"
                                        + reseller
                                        + "'"));
    }
}
