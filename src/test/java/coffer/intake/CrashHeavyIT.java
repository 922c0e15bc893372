package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.CatalogueInvariants;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.RawHttp;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The kill points of docs/life-of/an-upload.md that {@link CrashIT} leaves out. */
class CrashHeavyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration LEASE_OVER = Duration.ofMinutes(15);

    private static TestSite site;

    @BeforeAll
    static void open() {
        site = TestSite.open("kill", Map.of());
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
    void killed_before_the_row_was_committed_nothing_is_left() throws Exception {
        var system = site.system();
        var kept = site.client(system).upload(bytes(1_000, 1), "kept.bin").id();
        try (var raw = RawHttp.to(site.node().uri());
                var lock = lockUsage(system)) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 100000"));
            awaitWaiting("Lock", 1);

            site.node().kill();
            lock.rollback();
        }

        site.node().startAndAwait();
        site.checkSettled();
        assertThat(rows(system)).isEqualTo(1);
        assertThat(site.client(system).ids()).containsExactly(kept);
    }

    @Test
    void killed_right_after_the_admission_the_sweep_gives_the_room_back() throws IOException {
        var system = site.system(site.customer(1_000_000));
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 900000"));
            Wait.until("it is admitted", PATIENCE, () -> reservations(system) == 1);

            site.node().kill();
        }

        site.node().startAndAwait();
        site.check();
        assertThat(site.client(system).upload(bytes(900_000, 2), "a.bin").status())
                .as("the lease of the dead node still runs")
                .isEqualTo(413);
        site.advance(LEASE_OVER);
        site.checkSettled();
        assertThat(site.client(system).upload(bytes(900_000, 2), "a.bin").status()).isEqualTo(201);
    }

    /** A commit that waits for a standby is durable, and its client has not heard of it. */
    @Test
    void killed_after_the_seal_was_committed_the_backup_is_whole_and_a_new_try_finds_it()
            throws Exception {
        var system = site.system();
        var body = bytes(100_000, 3);
        site.store()
                .fail(
                        Fault.HANG_AFTER,
                        seen -> seen.path().contains(system.id().toString()), // not the probe's
                        100,
                        0);
        CompletableFuture.supplyAsync(() -> site.client(system).upload(body, "a.bin"))
                .exceptionally(dead -> null);
        assertThat(site.store().awaitHanging(1, PATIENCE)).isTrue();
        site.sql("alter system set synchronous_standby_names = 'nobody'");
        try {
            site.sql("select pg_reload_conf()");
            site.store().pass();
            Wait.until(
                    "the seal has committed and waits",
                    PATIENCE,
                    () ->
                            site.number(
                                            "select count(*) from pg_stat_activity a join pg_locks l"
                                                    + " using (pid) where a.wait_event = 'SyncRep'"
                                                    + " and a.datname = 'kill' and l.mode ="
                                                    + " 'RowExclusiveLock' and l.relation ="
                                                    + " cast('backup_copy' as regclass)")
                                    > 0);

            site.node().kill();
        } finally {
            site.sql("alter system reset synchronous_standby_names");
            site.sql("select pg_reload_conf()");
        }

        site.node().startAndAwait();
        Wait.until("it is listed", PATIENCE, () -> site.client(system).ids().size() == 1);
        var again = site.client(system).upload(body, "a.bin");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.message()).isEqualTo("backup already stored");
        assertThat(site.client(system).download(again.id()).bytes()).isEqualTo(body);
        site.checkSettled();
    }

    @Test
    void killed_after_the_answer_nothing_is_missing() {
        var system = site.system();
        var stored = site.client(system).upload(bytes(100_000, 4), "a.bin");

        site.node().kill();

        site.node().startAndAwait();
        assertThat(site.client(system).download(stored.id()).bytes()).isEqualTo(bytes(100_000, 4));
        site.checkSettled();
    }

    @Test
    void killed_before_the_store_was_asked_to_erase_the_next_run_asks() throws Exception {
        var system = site.system();
        site.store().fault(Fault.HANG_BEFORE, "DeleteObjects", "DeleteObject");
        site.client(system).upload(bytes(1_000, 5), "a.bin", "X-Checksum-Sha256", "0".repeat(64));
        assertThat(site.store().awaitHanging(1, PATIENCE)).isTrue();

        site.node().kill();
        site.store().pass();

        site.node().startAndAwait();
        site.advance(LEASE_OVER);
        site.checkSettled();
        assertThat(CatalogueInvariants.objects(CatalogueInvariants.store(site.instance())))
                .noneMatch(key -> key.contains(system.id().toString()));
    }

    private static Connection lockUsage(Seed.Firewall system) throws SQLException {
        var lock = site.instance().connect();
        lock.setAutoCommit(false);
        try (var run = lock.createStatement()) {
            run.execute(
                    "select * from appliance_usage where appliance_id = '"
                            + system.id()
                            + "' for update");
        }
        return lock;
    }

    private static void awaitWaiting(String kind, long count) {
        Wait.until(
                "the server waits for the row",
                PATIENCE,
                () ->
                        site.number(
                                        "select count(*) from pg_stat_activity where wait_event_type"
                                                + " = '"
                                                + kind
                                                + "' and datname = 'kill'")
                                >= count);
    }

    private static long rows(Seed.Firewall system) {
        return site.number("select count(*) from backup where subject_id = '" + system.id() + "'");
    }

    private static long reservations(Seed.Firewall system) {
        return site.number(
                "select count(*) from reservation where appliance_id = '" + system.id() + "'");
    }
}
