package coffer.backup;

import static coffer.backup.RoundTripIT.bytes;
import static coffer.backup.RoundTripIT.sha256;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.RawHttp;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Every refusal of api.md section 2, in its order, with its text, and before the body where none is
 * needed.
 */
class UploadRefusalIT {

    private static final long MIB = 1024 * 1024;

    private final TestSite site = TestSite.shared();

    @TempDir private Path folder;

    @AfterEach
    void nothing_is_left_reserved_and_catalogue_and_store_agree() {
        site.checkSettled();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| authentication required",
                "Bearer abc | invalid authentication format",
                "Basic %%% | invalid authentication encoding",
                "Basic bm9jb2xvbg== | invalid credentials format",
                "Basic Og== | invalid system credentials",
                "basic TkVUSC0wMDAwOmNvZl8wMC4wMA== | invalid system credentials"
            })
    void who_is_not_known_is_told_how_to_ask_before_anything_else(String header, String message) {
        var answer =
                site.client()
                        .withAuthorization(header)
                        .send("POST", "/systems/backups", BodyPublishers.ofByteArray(new byte[10]));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.message()).isEqualTo(message);
        assertThat(answer.header("WWW-Authenticate"))
                .isEqualTo("Basic realm=\"System Authentication\"");
    }

    @Test
    void a_wrong_secret_an_unregistered_a_suspended_and_a_deleted_system_are_not_told_apart() {
        var system = site.system();
        var wrong =
                new Seed.Firewall(
                        system.id(), system.key(), system.secret().substring(0, 64) + "0");
        var unregistered = site.unregistered();
        var suspended = site.system();
        site.sql(
                "update appliance set suspended_at = coffer_now() where id = '"
                        + suspended.id()
                        + "'");
        var deleted = site.system();
        site.sql(
                "update appliance set deleted_at = coffer_now() where id = '" + deleted.id() + "'");
        var orphan = site.system();
        site.sql(
                "update organization set suspended_at = coffer_now() where id ="
                        + " (select organization_id from appliance where id = '"
                        + orphan.id()
                        + "')");

        for (var somebody : List.of(wrong, unregistered, suspended, deleted, orphan)) {
            var answer = site.client(somebody).upload(new byte[10], "a.bin");

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.message()).isEqualTo("invalid system credentials");
        }
    }

    @Test
    void a_chunked_body_needs_a_length() {
        var answer =
                site.client()
                        .send(
                                "POST",
                                "/systems/backups",
                                BodyPublishers.ofInputStream(
                                        () -> new java.io.ByteArrayInputStream(new byte[100])));

        assertThat(answer.status()).isEqualTo(411);
        assertThat(answer.message()).isEqualTo("Content-Length required");
        assertThat(answer.data().path("type").asText()).isEqualTo("length_required");
    }

    @Test
    void an_empty_or_missing_body_needs_a_length() throws IOException {
        var system = site.system();

        var zero = site.client(system).upload(new byte[0], "a.bin");
        try (var raw = RawHttp.to(site.node().uri())) {
            var absent = raw.send(RawHttp.uploadHead(system)).answer();

            assertThat(absent.status()).isEqualTo(411);
        }
        assertThat(zero.status()).isEqualTo(411);
        assertThat(zero.message()).isEqualTo("Content-Length required");
    }

    @Test
    void what_is_too_large_is_refused_before_its_body_and_nothing_is_pruned() throws IOException {
        var system = site.system();
        var kept = new ArrayList<String>();
        for (var i = 0; i < 10; i++) {
            kept.addFirst(site.client(system).upload(bytes(1_000, i), "a" + i + ".bin").id());
        }

        var forAll = head(system, 3L * 1024 * MIB);
        var forSystem = head(system, 500 * MIB + 1);

        assertThat(forAll.status()).isEqualTo(413);
        assertThat(forAll.message()).isEqualTo("backup exceeds max upload size");
        assertThat(data(forAll).path("max_bytes").asLong()).isEqualTo(2L * 1024 * MIB);
        assertThat(forSystem.status()).isEqualTo(413);
        assertThat(forSystem.message()).isEqualTo("backup exceeds system quota");
        assertThat(data(forSystem).path("max_bytes").asLong()).isEqualTo(500 * MIB);
        assertThat(site.client(system).ids()).isEqualTo(kept);
    }

    @Test
    void a_full_organization_says_so_without_figures() {
        var client = site.client(site.system(site.customer(10_000)));
        client.upload(bytes(9_000, 1), "a.bin");

        var answer = client.upload(bytes(1_001, 2), "b.bin");

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.message()).isEqualTo("organization backup quota exceeded");
        assertThat(answer.text()).doesNotContain("10000").doesNotContain("9000");
        assertThat(client.upload(bytes(1_000, 3), "c.bin").status()).isEqualTo(201);
    }

    @Test
    void refusals_come_in_the_order_of_the_contract() throws IOException {
        var full = site.system(site.customer(10));

        var unauthorized =
                raw(
                        new Seed.Firewall(UUID.randomUUID(), "NETH-X", "x"),
                        "Transfer-Encoding: chunked");
        var chunkedAndTooLarge = raw(full, "Transfer-Encoding: chunked", "X-Checksum-Sha256: zz");
        var tooLarge = head(full, 3L * 1024 * MIB);
        var overSystem = head(full, 600 * MIB);
        var overOrganization = head(full, 11);

        assertThat(unauthorized.status()).isEqualTo(401);
        assertThat(chunkedAndTooLarge.status()).isEqualTo(411);
        assertThat(tooLarge.message()).isEqualTo("backup exceeds max upload size");
        assertThat(overSystem.message()).isEqualTo("backup exceeds system quota");
        assertThat(overOrganization.message()).isEqualTo("organization backup quota exceeded");
    }

    @Test
    void an_early_refusal_says_that_the_connection_ends() throws IOException {
        try (var raw = RawHttp.to(site.node().uri())) {
            var answer =
                    raw.send(
                                    RawHttp.uploadHead(
                                            site.system(),
                                            "Content-Length: 600000000",
                                            "Expect: 100-continue"))
                            .answer();

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualToIgnoringCase("close");
        }
    }

    @Test
    void curl_stops_within_a_few_mebibytes_of_a_refused_body_with_and_without_expect()
            throws IOException {
        var curl = Tool.named("curl");
        var file = folder.resolve("large");
        try (var sparse = new java.io.RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(600 * MIB);
        }
        var system = site.system();

        var polite =
                curl.run(
                        "-sS",
                        "-u",
                        system.key() + ":" + system.secret(),
                        "-H",
                        "Expect: 100-continue",
                        "-T",
                        file.toString(),
                        "-X",
                        "POST",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code} %{size_upload}",
                        site.node().uri("/api/systems/backups").toString());
        var blunt =
                curl.run(
                        "-sS",
                        "-u",
                        system.key() + ":" + system.secret(),
                        "-H",
                        "Expect:",
                        "-T",
                        file.toString(),
                        "-X",
                        "POST",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code} %{size_upload}",
                        site.node().uri("/api/systems/backups").toString());

        // docs/adr/0011: the container says 100 by itself, so Expect spares most of the body, not
        // always all.
        assertThat(List.of(polite.output(), blunt.output()))
                .allSatisfy(output -> {
                    assertThat(output).startsWith("413 ");
                    assertThat(Long.parseLong(output.split(" ")[1])).isLessThan(32 * MIB);
                });
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
        var client = site.client();
        site.store().resetCounts();

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
                    Duration.ofSeconds(20),
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
                    Duration.ofSeconds(20),
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "../../etc/passwd | passwd | .bin",
                "C:\\\\backups\\\\fw.tar.gz | fw.tar.gz | .tar.gz",
                "a b;c\"d.gpg | a_b_c_d.gpg | .gpg",
                "x.tar.gz.gpg | x.tar.gz.gpg | .gpg",
                ".. | .. | .bin",
                "fw.TAR.BZ2 | fw.TAR.BZ2 | .tar.bz2"
            })
    void file_names_are_made_harmless(String sent, String kept, String extension) {
        var answer = site.client().upload(bytes(100, 1), sent.replace("\\\\", "\\"));

        assertThat(answer.data().path("filename").asText()).isEqualTo(kept);
        assertThat(answer.id()).endsWith(extension);
    }

    @Test
    void line_ends_in_a_name_reach_no_header() throws IOException {
        var system = site.system();
        try (var raw = RawHttp.to(site.node().uri())) {
            // A line that is continued the old way is the only form in which a server could see a
            // line end in a value.
            var answer =
                    raw.send(
                                    RawHttp.uploadHead(
                                                    system,
                                                    "X-Filename: a\r\n Set-Cookie: x=y",
                                                    "Content-Length: 3")
                                            + "abc")
                            .answer();

            assertThat(answer.headers()).doesNotContainKey("Set-Cookie");
            assertThat(answer.status()).isIn(201, 400);
        }
        for (var id : site.client(system).ids()) {
            var download = site.client(system).download(id);
            assertThat(download.header("Content-Disposition"))
                    .matches("attachment; filename=\"[A-Za-z0-9._-]+\"");
            assertThat(download.header("Set-Cookie")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b",
                "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b.exe",
                "019372c1-2b1f-4c3a-9f00-5b1e0d9c1a2b.bin"
            })
    void an_id_that_is_none_is_refused_before_anything_looks_for_it(String id) {
        var client = site.client();

        assertThat(client.download(id).status()).isEqualTo(400);
        assertThat(client.download(id).message()).isEqualTo("invalid backup id");
        assertThat(client.delete(id).message()).isEqualTo("invalid backup id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2f..%2fetc%2fpasswd",
                "%2e%2e/%2e%2e/health",
                "..;/..;/x",
                "a/b/c",
                "%252e%252e",
                "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b.bin%0d%0aX:y",
                "019372c1-2b1f-7c3a-9f00-5b1e0d9c1a2b.bin%00"
            })
    void a_path_that_climbs_or_hides_something_leads_nowhere(String path) throws IOException {
        var system = site.system();
        try (var raw = RawHttp.to(site.node().uri())) {
            var answer =
                    raw.send(
                                    "GET /api/systems/backups/"
                                            + path
                                            + " HTTP/1.1\r\n"
                                            + "Host: localhost\r\n"
                                            + "Connection: close\r\n"
                                            + "Authorization: "
                                            + system.authorization()
                                            + "\r\n\r\n")
                            .answer();

            // The container answers some of these itself, before any filter or error page: one line
            // of its own.
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.body())
                    .doesNotContain("Exception")
                    .doesNotContain("\tat ")
                    .doesNotContain("etc/hosts:");
            assertThat(answer.headers()).doesNotContainKey("X");
        }
    }

    @Test
    void the_backup_of_another_system_is_not_found() {
        var mine = site.client();
        var id = mine.upload(bytes(100, 1), "a.bin").id();
        var other = site.client();

        assertThat(other.download(id).status()).isEqualTo(404);
        assertThat(other.download(id).message()).isEqualTo("backup not found");
        assertThat(other.delete(id).status()).isEqualTo(404);
        assertThat(mine.ids()).containsExactly(id);
        assertThat(mine.download(id.replace(".bin", ".gpg")).status()).isEqualTo(404);
    }

    @Test
    void ten_thousand_random_secrets_are_refused_and_the_owner_still_gets_in() {
        var system = site.system();
        var random = new java.util.Random(1);
        var client = site.client(system);
        var before = used();

        var statuses = new java.util.HashMap<Integer, Integer>();
        try (var pool = java.util.concurrent.Executors.newFixedThreadPool(8)) {
            var tries = new ArrayList<java.util.concurrent.Future<Integer>>();
            for (var i = 0; i < 10_000; i++) {
                var secret =
                        "cof_%020x.%040x"
                                .formatted(random.nextLong() >>> 1, random.nextLong() >>> 1);
                tries.add(
                        pool.submit(() ->
                                client.withAuthorization(basic(system.key(), secret))
                                        .list()
                                        .status()));
            }
            for (var one : tries) {
                statuses.merge(result(one), 1, Integer::sum);
            }
        }

        assertThat(statuses).isEqualTo(Map.of(401, 10_000));
        assertThat(client.list().status()).isEqualTo(200);
        assertThat(used() - before).as("bytes of heap that they left behind").isLessThan(100 * MIB);
    }

    /** What the node's heap holds now, garbage included: bounded all the same. */
    private long used() {
        try (var http = java.net.http.HttpClient.newHttpClient()) {
            var text =
                    http.send(
                                    java.net.http.HttpRequest.newBuilder(
                                                    site.node().uri("/metrics?scope=base"))
                                            .build(),
                                    java.net.http.HttpResponse.BodyHandlers.ofString())
                            .body();
            return text.lines()
                    .filter(line -> line.startsWith("memory_usedHeap_bytes"))
                    .findFirst()
                    .map(line ->
                            (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .orElse(0L);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static int result(java.util.concurrent.Future<Integer> answer) {
        try {
            return answer.get();
        } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String basic(String key, String secret) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((key + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** Declares a size, sends nothing of it, and returns what that was answered. */
    private RawHttp.Answer head(Seed.Firewall system, long size) throws IOException {
        return raw(system, "Content-Length: " + size);
    }

    private RawHttp.Answer raw(Seed.Firewall system, String... headers) throws IOException {
        try (var raw = RawHttp.to(site.node().uri())) {
            return raw.send(RawHttp.uploadHead(system, headers)).answer();
        }
    }

    private static com.fasterxml.jackson.databind.JsonNode data(RawHttp.Answer answer) {
        return ApplianceClient.parse(answer.body()).path("data");
    }
}
