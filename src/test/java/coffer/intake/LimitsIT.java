package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.RawHttp;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executors;

/** The limits as they are shipped: rate, slowest body, and a spool whose disk is full. */
class LimitsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int MIB = 1024 * 1024;

    private static TestSite site;

    @BeforeAll
    static void open() {
        site =
                TestSite.open(
                        "limits",
                        Map.of(
                                "coffer.intake.rate-per-minute", "",
                                "coffer.intake.rate-per-hour", "",
                                "coffer.intake.slow-window", "3s"));
    }

    @AfterAll
    static void close() {
        site.close();
    }

    @AfterEach
    void nothing_is_left_reserved() {
        site.checkSettled();
    }

    @Test
    void the_seventh_upload_in_a_row_is_told_when_to_come_again() {
        var client = site.client();
        var begin = System.nanoTime();
        var stored = 0;
        var answer = client.upload(bytes(100, stored), "a.bin");
        while (answer.status() == 201 && stored < 60) {
            stored++;
            answer = client.upload(bytes(100, stored), "a.bin");
        }
        // One more comes back every ten seconds: a slow machine gets to see that, too.
        var back = 1 + (int) (Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 10);

        assertThat(stored).isBetween(6, 6 + back);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.message()).isEqualTo("upload rate limit exceeded");
        assertThat(answer.data().path("retry_after_seconds").asLong()).isBetween(1L, 11L);
        assertThat(answer.header("Retry-After"))
                .isEqualTo(answer.data().path("retry_after_seconds").asText());
        assertThat(site.client().upload(bytes(100, 8), "other.bin").status())
                .as("another system is not held up")
                .isEqualTo(201);
    }

    @Test
    void what_could_never_fit_costs_no_rate_and_is_told_before_it() throws IOException {
        var system = site.system();
        var client = site.client(system);
        var first = new ArrayList<Integer>();
        for (var i = 0; i < 7; i++) {
            first.add(tooLarge(system));
        }
        var stored = new ArrayList<Integer>();
        for (var i = 0; i < 6; i++) {
            stored.add(client.upload(bytes(100, i), "a.bin").status());
        }
        var more = 0;
        while (client.upload(bytes(100, 6 + more), "a.bin").status() == 201 && more < 60) {
            more++;
        }

        var last = tooLarge(system);

        assertThat(first).isEqualTo(Collections.nCopies(7, 413));
        assertThat(stored).isEqualTo(Collections.nCopies(6, 201));
        assertThat(last).isEqualTo(413);
    }

    private static int tooLarge(Seed.Firewall system) throws IOException {
        try (var raw = RawHttp.to(site.node().uri())) {
            var length = "Content-Length: " + (500L * MIB + 1);
            return raw.send(RawHttp.uploadHead(system, length)).answer().status();
        }
    }

    @Test
    void a_body_below_eight_kibibytes_a_second_and_one_that_only_drips_are_let_go()
            throws Exception {
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = pool.submit(() -> trickle(1_000, 250)); // 4 kB a second
            var dripping = pool.submit(() -> trickle(1, 1_000));

            assertThat(slow.get()).as("a slow one is let go").isTrue();
            assertThat(dripping.get()).as("one that drips is let go").isTrue();
        }
    }

    /** Sends {@code count} bytes at every pause until the server lets go, or patience ends. */
    private static boolean trickle(int count, long pauseMillis) throws Exception {
        var system = site.system();
        var letGo = false;
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 10000000"));
            // And may be given up already, where somebody looks late.
            Wait.until("it was admitted", PATIENCE, () -> uploads(system) == 1);
            var end = System.nanoTime() + PATIENCE.toNanos();
            while (!letGo && System.nanoTime() < end) {
                letGo = !sends(raw, bytes(count, 1)) || reservations(system) == 0;
                Thread.sleep(pauseMillis);
            }
        }
        return letGo;
    }

    /** The limit on the size of a file fails a write as a full disk does: in its middle. */
    @Test
    void a_spool_that_cannot_be_written_is_a_503_and_no_rate_is_lost() {
        var prlimit = Tool.named("prlimit");
        var client = site.client();
        var pid = Long.toString(site.node().pid());
        prlimit.run("--pid", pid, "--fsize=" + 6 * MIB + ":").orThrow();
        var statuses = new ArrayList<Integer>();
        for (var i = 0; i < 7; i++) {
            statuses.add(client.upload(bytes(12 * MIB, i), "big" + i + ".bin").status());
        }
        prlimit.run("--pid", pid, "--fsize=unlimited:").orThrow();

        var after = client.upload(bytes(12 * MIB, 8), "big.bin");

        assertThat(statuses).isEqualTo(Collections.nCopies(7, 503));
        assertThat(after.status()).isEqualTo(201);
        assertThat(client.ids()).containsExactly(after.id());
    }

    private static boolean sends(RawHttp raw, byte[] bytes) {
        try {
            raw.send(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static long uploads(Seed.Firewall system) {
        return site.number("select count(*) from backup where subject_id = '" + system.id() + "'");
    }

    private static long reservations(Seed.Firewall system) {
        return site.number(
                "select count(*) from reservation where appliance_id = '" + system.id() + "'");
    }
}
