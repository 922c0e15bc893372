package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.CatalogueInvariants;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;

/** Outages that take long, or take a real server down. */
class OutageHeavyIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void a_job_that_a_long_outage_ended_runs_again_by_itself() throws InterruptedException {
        try (var site = TestSite.open("outage", Map.of())) {
            var system = site.system();
            site.store().fault(Fault.HANG_BEFORE, "DeleteObjects", "DeleteObject");
            site.client(system)
                    .upload(bytes(1_000, 1), "a.bin", "X-Checksum-Sha256", "0".repeat(64));
            assertThat(site.store().awaitHanging(1, PATIENCE)).as("the reaper is at work").isTrue();

            site.postgresql().cut();
            site.store().pass();
            // After 50 s without a database Liberty no longer tries to write that the run is over.
            Thread.sleep(75_000);
            site.postgresql().restore();

            for (var i = 0; i < 2; i++) { // the second needs a run that began after the outage
                Wait.until(
                        "what was left is erased",
                        PATIENCE,
                        () ->
                                site.number(
                                                "select count(*) from outbox where not_before <="
                                                        + " coffer_now()")
                                        == 0);
                site.client(system)
                        .upload(bytes(1_000, i), "a.bin", "X-Checksum-Sha256", "0".repeat(64));
            }
            site.checkSettled();
        }
    }

    @Test
    void a_restart_of_postgresql_under_load_loses_no_backup_that_was_answered() throws Exception {
        try (var parts = Parts.start()) {
            var instance = parts.instance("restart");
            try (var node =
                            Node.on(instance, "restart")
                                    .with("coffer.intake.rate-per-minute", "5000")
                                    .with("coffer.intake.rate-per-hour", "100000")
                                    .with("coffer.job.pending-sweep.schedule", "*/2 * * * * *")
                                    .with("coffer.job.object-reaper.schedule", "*/2 * * * * *")
                                    .startAndAwait();
                    var pool = Executors.newVirtualThreadPerTaskExecutor()) {
                var clients = new ArrayList<ApplianceClient>();
                try (var connection = instance.connect()) {
                    var pepper = instance.settings().get("coffer.keys.pepper.k1");
                    var seed = new Seed(connection, "k1", pepper);
                    var owner = seed.owner("Owner");
                    for (var i = 0; i < 8; i++) {
                        var customer = seed.organization("customer", owner, "customer " + i);
                        clients.add(ApplianceClient.of(node.uri(), seed.appliance(customer, true)));
                    }
                }
                var stored = Collections.synchronizedList(new ArrayList<String>());
                var statuses = Collections.synchronizedList(new ArrayList<Integer>());
                var running = new ArrayList<java.util.concurrent.Future<?>>();
                for (var client : clients) {
                    running.add(
                            pool.submit(() -> {
                                for (var i = 0; i < 9; i++) {
                                    var answer = client.upload(bytes(20_000, i), "n" + i + ".bin");
                                    statuses.add(answer.status());
                                    if (answer.status() < 300) {
                                        stored.add(answer.id());
                                    }
                                    Thread.sleep(400);
                                }
                                return null;
                            }));
                }
                Wait.until("the load is on", PATIENCE, () -> stored.size() >= 8);
                parts.postgresql().restart();
                for (var one : running) {
                    one.get();
                }

                assertThat(statuses)
                        .allMatch(status -> status == 200 || status == 201 || status == 503);
                Wait.until(
                        "uploads pass again, without a restart of the node",
                        PATIENCE,
                        () -> clients.getFirst().upload(bytes(10, 1), "z.bin").status() < 300);
                var listed = new ArrayList<String>();
                clients.forEach(client -> listed.addAll(client.ids()));
                assertThat(listed).containsAll(stored);
                CatalogueInvariants.checkSettled(instance, PATIENCE);
            }
        }
    }

    @Test
    void a_spool_on_a_full_disk_is_a_503_until_there_is_room_again() throws Exception {
        var mount = Tool.named("mount");
        var disk = Files.createTempDirectory("coffer-spool");
        mount.run("-t", "tmpfs", "-o", "size=8m", "tmpfs", disk.toString()).orThrow();
        try (var site =
                TestSite.open("full", Map.of("coffer.intake.spool-folder", disk.toString()))) {
            var client = site.client();
            Files.write(disk.resolve("other"), bytes(6 * 1024 * 1024, 1));

            var full = client.upload(bytes(4 * 1024 * 1024, 2), "a.bin");
            var small = client.upload(bytes(100_000, 3), "b.bin");
            Files.delete(disk.resolve("other"));
            var room = client.upload(bytes(4 * 1024 * 1024, 2), "a.bin");

            assertThat(full.status()).isEqualTo(503);
            assertThat(full.header("Retry-After")).isNotEmpty();
            assertThat(small.status()).as("what fits into memory passes").isEqualTo(201);
            assertThat(room.status()).isEqualTo(201);
            assertThat(client.ids()).containsExactly(room.id(), small.id());
            site.checkSettled();
        } finally {
            Tool.named("umount").run("-l", disk.toString()).orThrow();
            Files.delete(disk);
        }
    }
}
