package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.FaultProxy.Fault;
import coffer.launch.RawHttp;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/** The store, Redis or PostgreSQL misbehave; the answer stays true and the catalogue exact. */
class StoreFaultIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final TestSite site = TestSite.shared();

    @AfterEach
    void heal() {
        site.store().pass();
        site.redis().restore();
        site.postgresql().restore();
        Wait.until(
                "the node is ready again",
                PATIENCE,
                () -> site.node().status("/health/ready") == 200 && redisIsThere());
        var client = site.client();
        Wait.until(
                "uploads pass again, without a restart",
                PATIENCE,
                () -> client.upload(bytes(10, 1), "a.bin").status() < 300);
        site.checkSettled();
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ANSWER_500", "COMMIT_THEN_500", "CLOSE_EARLY", "COMMIT_THEN_CLOSE"})
    void a_put_that_fails_for_good_is_a_503_and_keeps_nothing(Fault fault) {
        var client = site.client();
        var kept = client.upload(bytes(1_000, 1), "kept.bin").id();
        site.store().fault(fault, "PutObject");

        var answer = client.upload(bytes(1_000, 2), "lost.bin");

        site.store().pass();
        if (answer.status() == 201) {
            assertThat(client.download(answer.id()).bytes()).isEqualTo(bytes(1_000, 2));
        } else {
            assertUnavailable(answer);
            assertThat(client.ids()).containsExactly(kept);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ANSWER_500", "COMMIT_THEN_500", "CLOSE_EARLY", "COMMIT_THEN_CLOSE"})
    void a_put_that_fails_once_is_tried_again_and_stored_once(Fault fault) {
        var client = site.client();
        site.store().faultNext(fault, 1, "PutObject");

        var small = client.upload(bytes(1_000, 3), "small.bin");
        site.store().faultNext(fault, 1, "PutObject");
        var large = client.upload(bytes(3_000_000, 4), "large.bin");

        assertThat(small.status()).isEqualTo(201);
        assertThat(large.status()).isEqualTo(201);
        assertThat(client.download(small.id()).bytes()).isEqualTo(bytes(1_000, 3));
        assertThat(client.download(large.id()).bytes()).isEqualTo(bytes(3_000_000, 4));
    }

    @Test
    void a_store_that_changes_bytes_on_the_way_is_not_believed() {
        var client = site.client();
        site.store().fault(Fault.TAMPER, "PutObject");

        var answer = client.upload(bytes(1_000, 5), "a.bin");

        site.store().pass();
        assertUnavailable(answer);
        assertThat(client.ids()).isEmpty();
    }

    @Test
    void a_store_that_hangs_for_a_while_delays_an_upload_and_no_other_call() throws Exception {
        var client = site.client();
        var id = client.upload(bytes(1_000, 6), "a.bin").id();
        site.store().fault(Fault.HANG_BEFORE, "PutObject");
        var upload = CompletableFuture.supplyAsync(() -> client.upload(bytes(1_000, 7), "b.bin"));
        assertThat(site.store().awaitHanging(1, PATIENCE)).isTrue();

        var listed = client.ids();
        var health = site.node().status("/health/live");
        site.store().pass();

        assertThat(listed).containsExactly(id);
        assertThat(health).isEqualTo(200);
        var answer = upload.get();
        assertThat(answer.status()).isEqualTo(201);
        assertThat(client.ids()).containsExactly(answer.id(), id);
    }

    @Test
    void a_download_that_the_store_refuses_is_a_502_and_one_that_it_cuts_is_seen_as_cut() {
        var client = site.client();
        var id = client.upload(bytes(500_000, 8), "a.bin").id();

        site.store().fault(Fault.ANSWER_500, "GetObject");
        var refused = client.download(id);
        site.store().fault(Fault.CUT_ANSWER, "GetObject");
        var cut =
                CompletableFuture.supplyAsync(() -> client.download(id))
                        .exceptionally(broken -> null)
                        .join();

        assertThat(refused.status()).isEqualTo(502);
        assertThat(refused.message()).isEqualTo("failed to fetch backup");
        assertThat(
                        cut == null
                                || cut.status() == 502
                                || !java.util.Arrays.equals(cut.bytes(), bytes(500_000, 8)))
                .as("a broken transfer is not passed off as whole")
                .isTrue();
        assertThat(cut == null || cut.status() != 200).isTrue();
    }

    @Test
    void with_the_store_away_the_catalogue_still_answers() {
        var client = site.client();
        var id = client.upload(bytes(1_000, 9), "a.bin").id();
        var other = client.upload(bytes(1_000, 10), "b.bin").id();
        site.store().away();

        var upload = client.upload(bytes(1_000, 11), "c.bin");
        var listed = client.ids();
        var download = client.download(id);
        var deleted = client.delete(other);

        assertUnavailable(upload);
        assertThat(listed).containsExactly(other, id);
        assertThat(download.status()).isEqualTo(502);
        assertThat(deleted.status()).isEqualTo(200);
    }

    @Test
    void without_redis_everything_works() {
        var client = site.client();
        site.redis().cut();

        var first = client.upload(bytes(1_000, 12), "a.bin");
        var second = client.upload(bytes(300_000, 13), "b.bin");
        var stranger =
                client.withAuthorization(
                                "Basic "
                                        + java.util.Base64.getEncoder()
                                                .encodeToString(
                                                        "NETH-1:cof_x"
                                                                .getBytes(
                                                                        java.nio.charset
                                                                                .StandardCharsets
                                                                                .US_ASCII)))
                        .list();

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(201);
        assertThat(client.ids()).containsExactly(second.id(), first.id());
        assertThat(client.download(second.id()).bytes()).isEqualTo(bytes(300_000, 13));
        assertThat(client.delete(first.id()).status()).isEqualTo(200);
        assertThat(stranger.status()).isEqualTo(401);
    }

    @Test
    void with_the_database_away_nobody_is_called_a_stranger() {
        var known = site.client();
        known.list();
        var unknown = site.client();
        site.postgresql().cut();

        var answers = new ArrayList<ApplianceClient.Answer>();
        answers.add(known.upload(bytes(1_000, 14), "a.bin"));
        answers.add(unknown.upload(bytes(1_000, 15), "a.bin"));
        answers.add(unknown.list());

        assertThat(answers)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.header("Retry-After")).isNotEmpty();
                });
    }

    @Test
    void connections_to_postgresql_cut_under_load_lose_no_backup_that_was_answered()
            throws Exception {
        var clients = new ArrayList<ApplianceClient>();
        for (var i = 0; i < 8; i++) {
            clients.add(site.client());
        }
        var stored = Collections.synchronizedList(new ArrayList<String>());
        var statuses = Collections.synchronizedList(new ArrayList<Integer>());
        var stop = new AtomicBoolean();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var client : clients) {
                pool.submit(() -> {
                    for (var i = 0; i < 8 && !stop.get(); i++) {
                        var answer = client.upload(bytes(20_000, i), "n" + i + ".bin");
                        statuses.add(answer.status());
                        if (answer.status() < 300) {
                            stored.add(answer.id());
                        }
                        Thread.sleep(150);
                    }
                    return null;
                });
            }
            Thread.sleep(300);
            site.postgresql().cut();
            Thread.sleep(700); // an outage has a length
            site.postgresql().restore();
        }

        assertThat(statuses).allMatch(status -> status == 200 || status == 201 || status == 503);
        Wait.until(
                "the database is back", PATIENCE, () -> clients.getFirst().list().status() == 200);
        var listed = new ArrayList<String>();
        clients.forEach(client -> listed.addAll(client.ids()));
        assertThat(listed).containsAll(stored);
    }

    @Test
    void an_upload_that_the_database_left_in_the_middle_gives_its_room_back_by_itself()
            throws Exception {
        var system = site.system();
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 1000000"))
                    .send(bytes(500_000, 17));
            Wait.until("it is admitted", PATIENCE, () -> reservations(system.id()) == 1);
            site.postgresql().cut();

            var answer = raw.send(bytes(500_000, 18)).answer();

            assertThat(answer.status()).isEqualTo(503);
        }
        site.postgresql().restore();
        Wait.until(
                "its node has given it up, long before its lease ends",
                PATIENCE,
                () -> reservations(system.id()) == 0);
    }

    /** The node asks for it in the background only. */
    private boolean redisIsThere() {
        try (var ready = site.node().uri("/health/ready").toURL().openStream()) {
            return !new String(ready.readAllBytes(), StandardCharsets.UTF_8)
                    .contains("\"state\":\"away\"");
        } catch (IOException notReady) {
            return false;
        }
    }

    private long reservations(java.util.UUID system) {
        return site.number(
                "select count(*) from reservation where appliance_id = '" + system + "'");
    }

    private static void assertUnavailable(ApplianceClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.message()).isEqualTo("backup storage unavailable");
        assertThat(Long.parseLong(answer.header("Retry-After"))).isPositive();
    }
}
