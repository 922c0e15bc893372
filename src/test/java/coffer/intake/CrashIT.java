package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.CatalogueInvariants;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.RawHttp;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The server is killed (SIGKILL) between the steps of docs/life-of/an-upload.md. Nothing in the
 * product helps: the server is held at a step by a half-sent body, by a store that hangs, or by a
 * row that somebody else has locked.
 */
class CrashIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Longer than a lease and its grace; the sweep may then take what the dead node had. */
    private static final Duration LEASE_OVER = Duration.ofMinutes(15);

    private static TestSite site;

    @BeforeAll
    static void open() {
        site = TestSite.open("crash", Map.of());
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @BeforeEach
    void start_if_killed() {
        site.store().pass();
        if (!site.node().alive()) {
            site.node().startAndAwait();
        }
    }

    @Test
    void killed_with_half_a_body_the_upload_leaves_nothing_behind() throws IOException {
        var client = site.client(site.system(site.customer(10_000_000)));
        var system = site.system(site.customer(10_000_000));
        var kept = site.client(system).upload(bytes(1_000, 1), "kept.bin").id();
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 5000000"))
                    .send(bytes(2_500_000, 2));
            awaitPending(1);

            site.node().kill();
        }

        restartAndSettle();
        assertThat(site.client(system).ids()).containsExactly(kept);
        assertThat(client.ids()).isEmpty();
        assertThat(site.client(system).upload(bytes(9_000_000, 3), "next.bin").status())
                .as("the reserved room is back")
                .isEqualTo(201);
        site.check();
    }

    @Test
    void killed_before_the_store_had_the_bytes_a_put_that_lands_late_is_erased_too()
            throws InterruptedException {
        var system = site.system();
        holdPut(Fault.HANG_BEFORE, system);
        var upload = uploadInBackground(system, bytes(100_000, 4));
        assertThat(site.store().awaitHanging(1, PATIENCE)).isTrue();

        site.node().kill();

        restartAndSettle();
        assertThat(site.client(system).ids()).isEmpty();
        site.store().pass(); // now the put of the dead node lands
        Wait.until(
                "the late put has landed",
                PATIENCE,
                () ->
                        CatalogueInvariants.objects(CatalogueInvariants.store(site.instance()))
                                .stream()
                                .anyMatch(key -> key.contains(system.id().toString())));
        site.check();
        site.advance(Duration.ofHours(25));
        Wait.until(
                "it is erased",
                PATIENCE,
                () ->
                        CatalogueInvariants.objects(CatalogueInvariants.store(site.instance()))
                                .stream()
                                .noneMatch(key -> key.contains(system.id().toString())));
        site.checkSettled();
        assertThat(upload.isDone()).isTrue();
    }

    @Test
    void killed_after_the_store_had_the_bytes_they_are_erased_and_a_new_try_is_stored()
            throws InterruptedException {
        var system = site.system();
        holdPut(Fault.HANG_AFTER, system);
        uploadInBackground(system, bytes(100_000, 5));
        assertThat(site.store().awaitHanging(1, PATIENCE)).isTrue();
        site.check();

        site.node().kill();

        site.store().pass();
        site.node().startAndAwait();
        var again = site.client(system).upload(bytes(100_000, 5), "again.bin");
        assertThat(again.status()).as("a new try does not wait for the sweep").isEqualTo(201);
        site.check();
        site.advance(LEASE_OVER);
        site.checkSettled();
        assertThat(site.client(system).ids()).containsExactly(again.id());
        assertThat(site.client(system).download(again.id()).bytes()).isEqualTo(bytes(100_000, 5));
    }

    @Test
    void killed_at_the_seal_the_upload_is_either_whole_or_gone() throws Exception {
        var system = site.system();
        site.client(system).upload(bytes(1_000, 6), "kept.bin");
        try (var raw = RawHttp.to(site.node().uri());
                var lock = site.instance().connect()) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 100000")).send(bytes(50_000, 7));
            awaitPending(1);
            lock.setAutoCommit(false);
            lock.createStatement()
                    .execute(
                            "select * from appliance_usage where appliance_id = '"
                                    + system.id()
                                    + "' for update");
            raw.send(bytes(50_000, 8));
            site.instance().awaitBlockedBy(lock, PATIENCE);

            site.node().kill();
            lock.rollback();
        }

        restartAndSettle();
        assertThat(site.client(system).ids()).hasSize(1);
    }

    @Test
    void killed_before_the_reaper_booked_an_erasure_the_next_run_agrees_that_it_is_done()
            throws InterruptedException {
        var system = site.system();
        var client = site.client(system);
        site.sql(
                "update organization set max_backups = 1 where id = (select organization_id from"
                        + " appliance where id = '"
                        + system.id()
                        + "')");
        for (var i = 0; i < 3; i++) {
            client.upload(bytes(1_000, 10 + i), "a" + i + ".bin");
        }
        site.store().fault(Fault.HANG_AFTER, "DeleteObjects", "DeleteObject");
        // The seal dooms what retention gives up; here the same is done by hand, for certain.
        site.sql(
                """
                with gone as (update backup set state = 'DOOMED' where state = 'TRASHED' and subject_id = '%s' returning id, size_bytes),
                     booked as (update appliance_usage set trash_count = trash_count - (select count(*) from gone),
                                       trash_bytes = trash_bytes - (select coalesce(sum(size_bytes), 0) from gone)
                                 where appliance_id = '%s')
                insert into outbox (backup_id, destination, address, not_before, created_at)
                select backup_id, destination, address, coffer_now(), coffer_now() from backup_copy where backup_id in (select id from gone)
                """
                        .formatted(system.id(), system.id()));
        assertThat(site.store().awaitHanging(1, PATIENCE)).isTrue();

        site.node().kill();
        site.store().pass();

        restartAndSettle();
        assertThat(client.ids()).hasSize(1);
    }

    /**
     * After the restart, and once the dead node's leases are over, nothing of what it held may be
     * left.
     */
    private static void restartAndSettle() {
        if (!site.node().alive()) {
            site.node().startAndAwait();
        }
        site.check();
        site.advance(LEASE_OVER);
        site.checkSettled();
    }

    /** Only this system's: the probe of a store that was just found puts objects too. */
    private static void holdPut(Fault fault, coffer.launch.Seed.Firewall system) {
        site.store().fail(fault, seen -> seen.path().contains(system.id().toString()), 100, 0);
    }

    private static void awaitPending(long count) {
        Wait.until(
                "the upload is admitted",
                PATIENCE,
                () -> site.number("select count(*) from reservation") >= count);
    }

    /** The answer, or null because the server died. */
    private static CompletableFuture<ApplianceClient.Answer> uploadInBackground(
            coffer.launch.Seed.Firewall system, byte[] body) {
        var client = site.client(system);
        return CompletableFuture.supplyAsync(() -> client.upload(body, "background.bin"))
                .exceptionally(dead -> null);
    }
}
