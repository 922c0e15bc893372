package coffer.intake;

import static coffer.launch.Bodies.bytes;
import static coffer.launch.Bodies.sha256;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.RawHttp;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Bodies that are short, long, slow, cut, false or one too many. */
class BodyIT {

    private final TestSite site = TestSite.shared();

    @AfterEach
    void nothing_is_left_reserved_and_catalogue_and_store_agree() {
        site.checkSettled();
    }

    @Test
    void a_body_shorter_than_declared_is_a_length_mismatch() throws IOException {
        var system = site.system();
        try (var raw = RawHttp.to(site.node().uri())) {
            var answer =
                    raw.send(RawHttp.uploadHead(system, "Content-Length: 100000"))
                            .send(new byte[99_999])
                            .endOutput()
                            .answer();

            // A client that ended its side may get the answer, or find the connection closed;
            // either way nothing is kept.
            if (answer != null) {
                assertThat(answer.status()).isEqualTo(400);
                assertThat(answer.message()).isEqualTo("upload length mismatch");
            }
        }
        assertThat(site.client(system).ids()).isEmpty();
    }

    @Test
    void bytes_beyond_the_declared_ones_are_never_taken_for_a_request() throws IOException {
        var system = site.system();
        var id = site.client(system).upload(bytes(10, 1), "keep.bin").id();
        var smuggled =
                "DELETE /api/systems/backups/"
                        + id
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + system.authorization()
                        + "\r\n\r\n";

        try (var raw = RawHttp.to(site.node().uri())) {
            var first =
                    raw.send(RawHttp.uploadHead(system, "Content-Length: 5") + "12345" + smuggled)
                            .answer();

            assertThat(first.status()).isEqualTo(201);
            assertThat(first.header("Connection")).isEqualToIgnoringCase("close");
            assertThat(raw.closedByServer()).isTrue();
        }
        assertThat(site.client(system).ids()).hasSize(2).contains(id);
    }

    @Test
    void bytes_behind_a_refused_upload_are_never_taken_for_a_request() throws IOException {
        var system = site.system();
        var id = site.client(system).upload(bytes(10, 1), "keep.bin").id();
        var smuggled =
                "DELETE /api/systems/backups/"
                        + id
                        + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
                        + system.authorization()
                        + "\r\n\r\n";

        try (var raw = RawHttp.to(site.node().uri())) {
            var refused =
                    raw.send(RawHttp.uploadHead(system, "Content-Length: 0") + smuggled).answer();

            assertThat(refused.status()).isEqualTo(411);
            assertThat(raw.closedByServer()).isTrue();
        }
        assertThat(site.client(system).ids()).containsExactly(id);
    }

    @Test
    void a_checksum_that_does_not_match_is_refused_and_nothing_is_kept() {
        var system = site.system();
        var client = site.client(system);
        site.store().resetCounts(seen -> seen.path().contains(system.id().toString()));

        var answer =
                client.upload(
                        bytes(1_000, 1), "a.bin", "X-Checksum-Sha256", sha256(bytes(1_000, 2)));
        var nonsense = client.upload(bytes(1_000, 1), "a.bin", "X-Checksum-Sha256", "not-hex");
        var upperCase =
                client.upload(
                        bytes(1_000, 1),
                        "a.bin",
                        "X-Checksum-Sha256",
                        sha256(bytes(1_000, 1)).toUpperCase(java.util.Locale.ROOT));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.message()).isEqualTo("checksum mismatch");
        assertThat(nonsense.status()).isEqualTo(400);
        assertThat(nonsense.message()).isEqualTo("validation failed");
        assertThat(upperCase.status()).isEqualTo(201);
        assertThat(site.store().count("PutObject")).as("a lie costs no storage call").isEqualTo(1);
    }

    @Test
    void plain_text_is_refused_where_ciphertext_is_demanded_and_flagged_elsewhere() {
        var strict = site.customer();
        site.sql("update organization set ciphertext = 'demand' where id = '" + strict + "'");
        var text = "hostname fw-1\n".repeat(50).getBytes(StandardCharsets.US_ASCII);

        var refused = site.client(site.system(strict)).upload(text, "fw.cfg");
        var flagged = site.client().upload(text, "fw.cfg");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.message()).isEqualTo("backup is not encrypted");
        assertThat(flagged.status()).isEqualTo(201);
        assertThat(
                        site.number(
                                "select count(*) from backup where content_kind = 'text' and state"
                                        + " = 'STORED'"))
                .isPositive();
    }

    @Test
    void a_third_upload_at_once_is_told_to_wait() throws IOException {
        var system = site.system();
        try (var one = RawHttp.to(site.node().uri());
                var two = RawHttp.to(site.node().uri())) {
            one.send(RawHttp.uploadHead(system, "Content-Length: 1000")).send(new byte[10]);
            two.send(RawHttp.uploadHead(system, "Content-Length: 1000")).send(new byte[10]);
            coffer.launch.Wait.until(
                    "both are admitted",
                    Duration.ofSeconds(60),
                    () ->
                            site.number(
                                            "select count(*) from reservation where appliance_id ="
                                                    + " '"
                                                    + system.id()
                                                    + "'")
                                    == 2);

            var third = site.client(system).upload(bytes(10, 1), "c.bin");

            assertThat(third.status()).isEqualTo(429);
            assertThat(third.message()).isEqualTo("upload rate limit exceeded");
            assertThat(third.data().path("retry_after_seconds").asLong()).isPositive();
            assertThat(third.header("Retry-After"))
                    .isEqualTo(third.data().path("retry_after_seconds").asText());
            assertThat(one.send(bytes(990, 1)).answer().status()).isEqualTo(201);
            assertThat(two.send(bytes(990, 2)).answer().status()).isEqualTo(201);
        }
    }

    @Test
    void an_upload_that_is_cut_gives_its_room_back_at_once_and_the_next_one_passes()
            throws IOException {
        var system = site.system();
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: 5000000"))
                    .send(bytes(2_000_000, 1));
            coffer.launch.Wait.until(
                    "it is admitted",
                    Duration.ofSeconds(60),
                    () ->
                            site.number(
                                            "select count(*) from reservation where appliance_id ="
                                                    + " '"
                                                    + system.id()
                                                    + "'")
                                    == 1);
            raw.reset();
        }
        coffer.launch.Wait.until(
                "the room is given back",
                Duration.ofSeconds(60),
                () ->
                        site.number(
                                        "select count(*) from reservation where appliance_id = '"
                                                + system.id()
                                                + "'")
                                == 0);

        var next = site.client(system).upload(bytes(5_000, 1), "a.bin");

        assertThat(next.status()).isEqualTo(201);
        assertThat(site.client(system).ids()).containsExactly(next.id());
    }

    @Test
    void a_slow_body_is_taken_as_long_as_it_moves() throws IOException, InterruptedException {
        var system = site.system();
        var body = bytes(400_000, 1);
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(RawHttp.uploadHead(system, "Content-Length: " + body.length));
            for (var sent = 0; sent < body.length; sent += 40_000) {
                raw.send(java.util.Arrays.copyOfRange(body, sent, sent + 40_000));
                Thread.sleep(200); // the slowness is what is tested
            }

            assertThat(raw.answer().status()).isEqualTo(201);
        }
        assertThat(site.client(system).download(site.client(system).ids().getFirst()).bytes())
                .isEqualTo(body);
    }
}
