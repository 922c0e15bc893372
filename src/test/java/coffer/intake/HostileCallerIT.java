package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.RawHttp;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;

/** Names, ids, paths and secrets that mean harm lead nowhere. */
class HostileCallerIT {

    private static final long MIB = 1024 * 1024;

    private final TestSite site = TestSite.shared();

    @AfterEach
    void nothing_is_left_reserved_and_catalogue_and_store_agree() {
        site.checkSettled();
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
                                            + "Accept: application/json\r\n"
                                            + "Authorization: "
                                            + system.authorization()
                                            + "\r\n\r\n")
                            .answer();

            // The container answers what is no URI itself, before any filter or error page: in
            // JSON where that is asked for, else with one line of HTML.
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.header("Content-Type")).startsWith("application/json");
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
        Wait.until(
                "the heap has collected what they left behind",
                Duration.ofSeconds(120),
                () -> used() - before < 100 * MIB);
    }

    /** What the node's heap holds now, garbage included; looking makes some, which is collected. */
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
}
