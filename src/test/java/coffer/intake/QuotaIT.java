package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.TestSite;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Caps hold exactly, whoever asks at the same time. */
class QuotaIT {

    private static final int SIZE = 10_000;

    private final TestSite site = TestSite.shared();

    @Test
    void fifty_parallel_uploads_at_a_nearly_full_organization_never_pass_its_quota()
            throws Exception {
        var organization = site.customer(7L * SIZE + SIZE / 2);
        var clients = new ArrayList<ApplianceClient>();
        for (var i = 0; i < 50; i++) {
            clients.add(site.client(site.system(organization)));
        }
        var most = new AtomicLong();
        var done = new AtomicBoolean();
        var statuses = new HashMap<Integer, Integer>();

        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            pool.submit(() -> {
                while (!done.get()) {
                    most.accumulateAndGet(used(organization), Math::max);
                    Thread.sleep(2);
                }
                return null;
            });
            var start = new CountDownLatch(1);
            var answers = new ArrayList<Future<Integer>>();
            for (var i = 0; i < clients.size(); i++) {
                var client = clients.get(i);
                var body = bytes(SIZE, i);
                answers.add(
                        pool.submit(() -> {
                            start.await();
                            return client.upload(body, "a.bin").status();
                        }));
            }
            start.countDown();
            try {
                for (var answer : answers) {
                    statuses.merge(answer.get(), 1, Integer::sum);
                }
            } finally {
                done.set(true); // Or the pool would never end.
            }
        }

        assertThat(statuses).containsOnlyKeys(201, 413).containsEntry(201, 7);
        assertThat(most.get()).isLessThanOrEqualTo(7L * SIZE + SIZE / 2);
        assertThat(used(organization)).isEqualTo(7L * SIZE);
        site.checkSettled();
    }

    @Test
    void a_quota_of_a_reseller_holds_for_its_whole_subtree() {
        var reseller = site.customer(25_000);
        var below = java.util.UUID.randomUUID();
        site.sql(
                "insert into organization (id, parent_id, kind, name, path, created_at) select '"
                        + below
                        + "', id, 'customer', 'below', path || '"
                        + below
                        + "/', coffer_now() from organization where id = '"
                        + reseller
                        + "'");
        var one = site.client(site.system(below));
        var two = site.client(site.system(below));

        var first = one.upload(bytes(SIZE, 1), "a.bin");
        var second = two.upload(bytes(SIZE, 2), "a.bin");
        var third = two.upload(bytes(SIZE, 3), "b.bin");

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(third.status()).isEqualTo(413);
        assertThat(third.message()).isEqualTo("organization backup quota exceeded");
        site.checkSettled();
    }

    @Test
    void a_replacement_that_adds_nothing_is_accepted_by_a_full_organization() {
        var organization = site.customer(3L * SIZE);
        site.sql("update organization set max_backups = 3 where id = '" + organization + "'");
        var client = site.client(site.system(organization));
        for (var i = 0; i < 3; i++) {
            client.upload(bytes(SIZE, i), "a" + i + ".bin");
        }

        var replacing = client.upload(bytes(SIZE, 4), "new.bin");
        var growing = client.upload(bytes(SIZE + 1, 5), "larger.bin");

        assertThat(replacing.status()).isEqualTo(201);
        assertThat(client.ids()).hasSize(3).contains(replacing.id());
        assertThat(growing.status()).isEqualTo(413);
        site.checkSettled();
    }

    private long used(java.util.UUID organization) {
        return site.number(
                "select tree_live_bytes + tree_reserved_bytes from organization_usage where"
                        + " organization_id = '"
                        + organization
                        + "'");
    }
}
