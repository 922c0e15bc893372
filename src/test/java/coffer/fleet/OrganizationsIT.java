package coffer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient.Answer;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;

/** The tree through the real API: who sees, sets, moves and ends what. */
class OrganizationsIT {

    private final TestSite site = FleetSite.shared();
    private FleetSite.Person owner;
    private String distributor;
    private String reseller;
    private String customer;

    @BeforeEach
    void grow() {
        owner = FleetSite.person(FleetSite.owner(), "super-admin");
        distributor = made(owner, "distributor", FleetSite.owner().toString(), "Nord");
        reseller = made(owner, "reseller", distributor, "Rossi");
        customer = made(owner, "customer", reseller, "Bianchi");
    }

    @AfterEach
    void the_catalogue_agrees() {
        site.check();
    }

    @Test
    void a_tree_is_built_by_those_above_and_its_kinds_stand_where_they_may() {
        var reseller2 = person(reseller, "admin");

        var below = reseller2.post("/organizations", organization("customer", reseller, "Verdi"));
        var odd = reseller2.post("/organizations", organization("reseller", reseller, "Odd"));
        var foreign = reseller2.post("/organizations", organization("customer", distributor, "Up"));
        var unnamed = reseller2.post("/organizations", organization("customer", reseller, " "));

        assertThat(below.status()).isEqualTo(201);
        assertThat(below.header("Location")).endsWith("/api/organizations/" + id(below));
        assertThat(below.data().path("parent_id").asText()).isEqualTo(reseller);
        assertThat(odd.status()).isEqualTo(400);
        assertThat(odd.message()).isEqualTo("validation failed");
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.message()).isEqualTo("access denied to organization");
        assertThat(unnamed.status()).isEqualTo(400);
    }

    @Test
    void a_list_is_the_subtree_with_search_sort_and_pages() {
        var admin = person(reseller, "admin");
        for (var i = 1; i <= 4; i++) {
            made(admin, "customer", reseller, "Alfa " + i);
        }

        var all = admin.get("/organizations?sort=-name");
        var found = admin.get("/organizations?search=ALFA&page=2&page_size=3");
        var none = admin.get("/organizations?search=100%25");
        var wrong = admin.get("/organizations?sort=path");

        assertThat(names(all))
                .containsExactly("Rossi", "Bianchi", "Alfa 4", "Alfa 3", "Alfa 2", "Alfa 1");
        assertThat(names(found)).containsExactly("Alfa 4");
        assertThat(found.data().path("pagination").path("total_count").asInt()).isEqualTo(4);
        assertThat(found.data().path("pagination").path("prev_page").asInt()).isEqualTo(1);
        assertThat(names(none)).isEmpty();
        assertThat(wrong.status()).isEqualTo(400);
    }

    @Test
    void nobody_acts_on_their_own_organization_nor_sees_a_foreign_one() {
        var admin = person(reseller, "admin");
        var foreign = made(owner, "reseller", distributor, "Neri");

        for (var deed : new String[] {"suspend", "reactivate", "restore"}) {
            var own = admin.patch("/organizations/" + reseller + "/" + deed);
            assertThat(own.status()).as(deed).isEqualTo(403);
        }
        assertThat(admin.delete("/organizations/" + reseller).status()).isEqualTo(403);
        assertThat(move(admin, reseller, distributor).status()).isEqualTo(403);
        assertThat(admin.get("/organizations/" + foreign).status()).isEqualTo(403);
        assertThat(admin.get("/organizations/" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(admin.get("/organizations/none").status()).isEqualTo(404);
        assertThat(admin.get("/organizations/" + customer).data().path("actions").toString())
                .contains("suspend", "move", "delete", "set-policy");
        assertThat(person(reseller, "reader").post("/organizations", "{}").status()).isEqualTo(403);
    }

    @Test
    void a_deleted_organization_takes_its_subtree_along_and_brings_it_back() {
        var system = site.system(UUID.fromString(customer));
        var client = site.client(system);
        client.upload(bytes(1_000, 1), "a.bin");

        owner.delete("/organizations/" + reseller);
        var shut = client.list();
        var listed = person(distributor, "reader").get("/organizations");
        var below = owner.get("/organizations/" + customer);
        var early = owner.patch("/organizations/" + customer + "/restore");
        owner.patch("/organizations/" + reseller + "/restore");
        var open = client.list();

        assertThat(shut.status()).isEqualTo(401);
        assertThat(names(listed)).containsExactly("Nord");
        assertThat(below.data().path("status").asText()).isEqualTo("deleted");
        assertThat(early.status()).isEqualTo(409);
        assertThat(early.message()).isEqualTo("organization is deleted");
        assertThat(open.status()).isEqualTo(200);
    }

    @Test
    void a_moved_subtree_takes_its_paths_its_usage_and_its_access_along() {
        var other = made(owner, "distributor", FleetSite.owner().toString(), "Sud");
        policy(owner, distributor, "{\"quota_bytes\": 50000}");
        policy(owner, other, "{\"quota_bytes\": 50000}");
        policy(owner, reseller, "{\"quota_bytes\": 40000}");
        var client = site.client(site.system(UUID.fromString(customer)));
        client.upload(bytes(10_000, 1), "a.bin");
        var north = person(distributor, "admin");
        var south = person(other, "admin");

        var moved = move(owner, reseller, other);
        client.upload(bytes(5_000, 2), "b.bin");

        assertThat(moved.status()).isEqualTo(200);
        assertThat(north.get("/organizations/" + customer).status()).isEqualTo(403);
        assertThat(south.get("/organizations/" + customer).status()).isEqualTo(200);
        assertThat(tree(distributor)).isZero();
        assertThat(tree(other)).isEqualTo(15_000);
        assertThat(tree(reseller)).isEqualTo(15_000);
        var usage = south.get("/organizations/" + other + "/usage").data().path("usage");
        assertThat(usage.path("subtree").path("live_bytes").asLong()).isEqualTo(15_000);
        assertThat(usage.path("own").path("live_bytes").asLong()).isZero();
    }

    @Test
    void a_move_is_refused_where_it_does_not_fit_or_stand_and_changes_nothing() {
        var small = made(owner, "distributor", FleetSite.owner().toString(), "Small");
        policy(owner, small, "{\"quota_bytes\": 9999}");
        var client = site.client(site.system(UUID.fromString(customer)));
        client.upload(bytes(10_000, 1), "a.bin");
        var asleep = made(owner, "distributor", FleetSite.owner().toString(), "Asleep");
        owner.patch("/organizations/" + asleep + "/suspend");

        var full = move(owner, reseller, small);
        var suspended = move(owner, reseller, asleep);
        var inside = move(owner, distributor, reseller);
        var upside = move(owner, reseller, customer);

        assertThat(full.status()).isEqualTo(409);
        assertThat(full.message()).isEqualTo("organization backup quota exceeded");
        assertThat(suspended.message()).isEqualTo("organization is suspended");
        assertThat(inside.message()).isEqualTo("organization cannot stand there");
        assertThat(upside.message()).isEqualTo("organization cannot stand there");
        assertThat(owner.get("/organizations/" + reseller).data().path("parent_id").asText())
                .isEqualTo(distributor);
        assertThat(tree(small)).isZero();
    }

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
        var clients = new ArrayList<coffer.launch.ApplianceClient>();
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

    @Test
    void organizations_made_while_their_parent_moves_hang_below_it() throws Exception {
        var other = made(owner, "distributor", FleetSite.owner().toString(), "Est");

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 6; i++) {
                var name = "Child " + i;
                pool.submit(() -> made(owner, "customer", reseller, name));
            }
            for (var i = 0; i < 6; i++) {
                var to = i % 2 == 0 ? other : distributor;
                pool.submit(() -> move(owner, reseller, to));
            }
        }

        assertThat(
                        site.number(
                                "select count(*) from organization o join organization p on p.id ="
                                        + " o.parent_id where o.path <> p.path || o.id || '/'"))
                .isZero();
    }

    private long tree(String id) {
        return site.number(
                "select coalesce(sum(tree_live_bytes), 0) from organization_usage where"
                        + " organization_id = '"
                        + id
                        + "' and tree_counted");
    }

    private static FleetSite.Person person(String organization, String role) {
        return FleetSite.person(UUID.fromString(organization), role);
    }

    static String made(FleetSite.Person by, String type, String parent, String name) {
        var answer = by.post("/organizations", organization(type, parent, name));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
        return id(answer);
    }

    private static String organization(String type, String parent, String name) {
        return "{\"name\": \"%s\", \"type\": \"%s\", \"parent_id\": \"%s\"}"
                .formatted(name, type, parent);
    }

    private static Answer move(FleetSite.Person by, String id, String to) {
        return by.post("/organizations/" + id + "/move", "{\"parent_id\": \"" + to + "\"}");
    }

    static Answer policy(FleetSite.Person by, String id, String json) {
        return by.put("/organizations/" + id + "/policy", json);
    }

    private static Answer hold(FleetSite.Person by, String id) {
        return by.post("/organizations/" + id + "/hold", "{\"reason\": \"case 1\"}");
    }

    private static java.util.List<String> names(Answer list) {
        assertThat(list.status()).as(list.toString()).isEqualTo(200);
        var names = new ArrayList<String>();
        list.data().path("organizations").forEach(one -> names.add(one.path("name").asText()));
        return names;
    }

    private static String id(Answer answer) {
        return answer.data().path("id").asText();
    }

    static byte[] bytes(int size, long seed) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
