package coffer.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.UUID;
import java.util.concurrent.Executors;

/** The tree through the real API: who sees, makes, moves and ends what. */
class OrganizationsIT extends OrganizationBed {

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
}
