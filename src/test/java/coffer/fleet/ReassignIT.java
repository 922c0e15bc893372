package coffer.fleet;

import static coffer.fleet.OrganizationBed.bytes;
import static coffer.fleet.OrganizationBed.made;
import static coffer.fleet.OrganizationBed.policy;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient.Answer;
import coffer.launch.FaultProxy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** Systems given to another organization, in one transaction, whatever else goes on. */
class ReassignIT extends SystemBed {

    @Test
    void a_reassigned_system_keeps_everything_and_its_usage_goes_along() {
        policy(owner, one, "{\"quota_bytes\": 50000}");
        policy(owner, two, "{\"quota_bytes\": 50000}");
        policy(owner, reseller, "{\"quota_bytes\": 90000}");
        var made = create(one, "fw");
        register(made);
        var client = client(made);
        client.upload(bytes(10_000, 1), "a.bin");
        var ids = client.ids();

        var moved = reassign(id(made), two);
        client.upload(bytes(5_000, 2), "b.bin");

        assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
        assertThat(client.ids()).containsAll(ids).hasSize(2);
        assertThat(live(one)).isZero();
        assertThat(live(two)).isEqualTo(15_000);
        assertThat(live(reseller)).isEqualTo(15_000);
        assertThat(
                        FleetSite.person(UUID.fromString(one), "admin")
                                .get("/systems/" + id(made))
                                .status())
                .isEqualTo(403);
        assertThat(
                        FleetSite.person(UUID.fromString(two), "admin")
                                .get("/systems/" + id(made))
                                .status())
                .isEqualTo(200);
    }

    @Test
    void a_reassignment_into_a_full_suspended_deleted_or_foreign_organization_changes_nothing() {
        var made = create(one, "fw");
        register(made);
        client(made).upload(bytes(10_000, 1), "a.bin");
        policy(owner, two, "{\"quota_bytes\": 9999}");
        var asleep = made(owner, "customer", reseller, "Asleep");
        owner.patch("/organizations/" + asleep + "/suspend");
        var gone = made(owner, "customer", reseller, "Gone");
        owner.delete("/organizations/" + gone);
        var foreign = made(owner, "customer", FleetSite.owner().toString(), "Foreign");

        var full = reassign(id(made), two);
        var suspended = reassign(id(made), asleep);
        var deleted = reassign(id(made), gone);
        var outside = reassign(id(made), foreign);

        assertThat(full.status()).isEqualTo(409);
        assertThat(full.message()).isEqualTo("organization backup quota exceeded");
        assertThat(suspended.message()).isEqualTo("organization is suspended");
        assertThat(deleted.message()).isEqualTo("organization is deleted");
        assertThat(outside.status()).isEqualTo(403);
        assertThat(organization(made)).isEqualTo(one);
        assertThat(own(two) + own(asleep) + own(gone)).isZero();
    }

    @Test
    void an_upload_under_way_lands_under_the_new_owner_with_exact_usage_in_both() throws Exception {
        policy(owner, one, "{\"quota_bytes\": 5000000}");
        policy(owner, two, "{\"quota_bytes\": 5000000}");
        var made = create(one, "fw");
        register(made);
        var client = client(made);
        client.upload(bytes(10_000, 1), "a.bin");
        var of = id(made);
        site.store().fail(FaultProxy.Fault.HANG_AFTER, seen -> seen.path().contains(of), 100, 0);

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var upload = pool.submit(() -> client.upload(bytes(400_000, 2), "b.bin"));
            assertThat(site.store().awaitHanging(1, Duration.ofSeconds(60))).isTrue();
            var reserved = reserved(one);
            var moved = reassign(id(made), two);
            var reservedThere = reserved(two);
            site.store().pass();

            assertThat(reserved).isEqualTo(400_000);
            assertThat(moved.status()).as(moved.toString()).isEqualTo(200);
            assertThat(reservedThere).isEqualTo(400_000);
            assertThat(upload.get().status()).isEqualTo(201);
        } finally {
            site.store().pass();
        }

        assertThat(client.ids()).hasSize(2);
        assertThat(live(one) + reserved(one)).isZero();
        assertThat(live(two)).isEqualTo(410_000);
        site.checkSettled();
    }

    @Test
    void reassignments_and_uploads_at_once_leave_exact_books() throws Exception {
        for (var organization : List.of(one, two)) {
            policy(owner, organization, "{\"quota_bytes\": 50000000}");
        }
        var systems = new ArrayList<Answer>();
        for (var i = 0; i < 4; i++) {
            var made = create(one, "fw " + i);
            register(made);
            systems.add(made);
        }

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            for (var system : systems) {
                var client = client(system);
                pool.submit(() -> {
                    start.await();
                    for (var i = 0; i < 8; i++) {
                        client.upload(bytes(3_000, i), "a" + i + ".bin");
                    }
                    return null;
                });
                for (var target : List.of(two, one, two)) {
                    pool.submit(() -> {
                        start.await();
                        return reassign(id(system), target);
                    });
                }
            }
            start.countDown();
        }

        site.checkSettled();
        assertThat(live(one) + live(two)).isEqualTo(live(reseller, systems));
    }

    @Test
    void of_two_reassignments_at_once_one_is_last_and_the_books_follow_it() throws Exception {
        for (var organization : List.of(one, two)) {
            policy(owner, organization, "{\"quota_bytes\": 50000}");
        }
        var three = made(owner, "customer", reseller, "Three");
        policy(owner, three, "{\"quota_bytes\": 50000}");
        var made = create(one, "fw");
        register(made);
        client(made).upload(bytes(10_000, 1), "a.bin");

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var start = new CountDownLatch(1);
            var moves =
                    List.of(two, three).stream()
                            .map(target ->
                                    pool.submit(() -> {
                                        start.await();
                                        return reassign(id(made), target).status();
                                    }))
                            .toList();
            start.countDown();
            for (var move : moves) {
                assertThat(move.get()).isEqualTo(200);
            }
        }

        var last = organization(made);
        assertThat(last).isIn(two, three);
        assertThat(live(last)).isEqualTo(10_000);
        assertThat(live(one) + live(two) + live(three)).isEqualTo(10_000);
        assertThat(client(made).ids()).hasSize(1);
    }
}
