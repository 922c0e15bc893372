package coffer.legacy;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Page;
import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** How administrators import, list and remove the pairs of the old platform. */
class LegacyPairsIT {

    private static final String HEADING = "system_id,secret,system\n";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestSite site = TestSite.shared();
    private final UUID customer = site.customer();
    private final String admin = key(customer, "admin", "write");

    @TempDir private Path folder;

    /** What came back. */
    private record Answer(int status, JsonNode json) {}

    private String key(UUID organization, String role, String scope) {
        try (var connection = site.instance().connect()) {
            var people =
                    new People(connection, site.instance().settings().get("coffer.keys.pepper.k1"));
            return people.apiKey(
                    people.account(organization, "legacy-" + NUMBER.incrementAndGet(), role),
                    scope);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer send(String key, String method, String path, String body) {
        try (var http = HttpClient.newHttpClient()) {
            var answer =
                    http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    site.node().uri() + "/api/legacy/pairs" + path))
                                    .header("X-Api-Key", key)
                                    .header("Content-Type", "text/csv")
                                    .method(method, BodyPublishers.ofString(body))
                                    .timeout(Duration.ofSeconds(60))
                                    .build(),
                            BodyHandlers.ofString());
            return new Answer(answer.statusCode(), new ObjectMapper().readTree(answer.body()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Answer add(String csv) {
        return send(admin, "POST", "", HEADING + csv);
    }

    private Answer list(String key) {
        return send(key, "GET", "?page_size=200", "");
    }

    private static String secret() {
        return "%064x".formatted(System.nanoTime() * 1_000 + NUMBER.incrementAndGet());
    }

    private OldClient client(Seed.Firewall system) {
        return new OldClient(site, system, "old-" + NUMBER.incrementAndGet(), secret());
    }

    private static String line(OldClient client, Object system) {
        return client.id() + "," + client.secret() + "," + system + "\n";
    }

    @Test
    void an_imported_pair_works_and_registers_its_system_and_no_secret_is_kept() {
        var unregistered = client(site.system(customer));
        site.sql(
                "update appliance set registered_at = null where id = '"
                        + unregistered.system().id()
                        + "'");
        var byId = client(site.system(customer));

        var answer =
                add(
                        line(unregistered, unregistered.system().key())
                                + line(byId, byId.system().id()));

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("data").path("imported").asInt()).isEqualTo(2);
        for (var client : List.of(unregistered, byId)) {
            assertThat(client.tokenHeartbeat("/isa/heartbeats/store").output()).isEqualTo("{}");
        }
        assertThat(
                        site.number(
                                "select count(*) from legacy_pair p where p::text like '%"
                                        + byId.secret()
                                        + "%'"))
                .isZero();
        assertThat(
                        site.number(
                                "select count(*) from audit_entry where action ="
                                        + " 'legacy.pair_imported' and subject = 'system:"
                                        + byId.system().id()
                                        + "'"))
                .isOne();
    }

    @Test
    void a_file_with_one_bad_line_changes_nothing_and_names_it() {
        var good = client(site.system(customer));
        var before = site.number("select count(*) from legacy_pair");

        var answer =
                add(
                        line(good, good.system().key())
                                + "lost,"
                                + secret()
                                + ",NETH-NOBODY\nshort,x,y\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("message").asText()).isEqualTo("validation failed");
        var errors = answer.json().path("data").path("errors");
        assertThat(errors.get(0).path("key").asText()).isEqualTo("line 3");
        assertThat(errors.get(0).path("message").asText()).isEqualTo("system not found");
        assertThat(errors.get(1).path("key").asText()).isEqualTo("line 4");
        assertThat(site.number("select count(*) from legacy_pair")).isEqualTo(before);
        assertThat(good.tokenHeartbeat("/isa/heartbeats/store").output())
                .contains("invalid system credentials");
    }

    @Test
    void a_foreign_a_deleted_and_an_imported_one_are_refused() {
        var foreign = client(site.system());
        var deleted = client(site.system(customer));
        site.sql(
                "update appliance set deleted_at = coffer_now() where id = '"
                        + deleted.system().id()
                        + "'");
        var twice = client(site.system(customer));
        add(line(twice, twice.system().key()));

        var denied = add(line(foreign, foreign.system().key()));

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.json().path("message").asText()).isEqualTo("access denied to system");
        assertThat(add(line(deleted, deleted.system().key())).json().toString())
                .contains("system has been deleted");
        assertThat(add(line(twice, twice.system().key())).json().toString())
                .contains("system_id is imported already");
        assertThat(
                        add(line(
                                        new OldClient(
                                                site, twice.system(), "another", twice.secret()),
                                        twice.system().key()))
                                .json()
                                .toString())
                .contains("secret is imported already");
    }

    @Test
    void who_may_only_read_lists_and_does_not_import() {
        var mine = client(site.system(customer));
        add(line(mine, mine.system().key()));
        mine.tokenHeartbeat("/isa/heartbeats/store").orThrow();
        var reader = key(customer, "reader", "read");
        var stranger = key(site.customer(), "admin", "write");

        var pair = list(reader).json().path("data").path("pairs").get(0);

        assertThat(pair.path("legacy_id").asText()).isEqualTo(mine.id());
        assertThat(pair.path("system_key").asText()).isEqualTo(mine.system().key());
        assertThat(pair.path("last_legacy_protocol").asText()).isEqualTo("isa");
        assertThat(pair.path("confirmed_at").isNull()).isTrue();
        assertThat(pair.toString()).doesNotContain(mine.secret());
        assertThat(send(reader, "POST", "", HEADING + line(mine, "x")).status()).isEqualTo(403);
        assertThat(list(stranger).json().path("data").path("pairs")).isEmpty();
        assertThat(send(stranger, "DELETE", "/" + pair.path("id").asText(), "").status())
                .isEqualTo(403);
        assertThat(send(stranger, "DELETE", "/" + UUID.randomUUID(), "").status()).isEqualTo(404);
    }

    @Test
    void a_removed_pair_ends_at_once_and_can_be_imported_again() {
        var client = client(site.system(customer));
        add(line(client, client.system().key()));
        client.tokenHeartbeat("/isa/heartbeats/store").orThrow();
        var id = list(admin).json().path("data").path("pairs").get(0).path("id").asText();

        assertThat(send(admin, "DELETE", "/" + id, "").status()).isEqualTo(200);

        Wait.until(
                "the pair has ended",
                Duration.ofSeconds(15),
                () ->
                        client.tokenHeartbeat("/isa/heartbeats/store")
                                .output()
                                .contains("invalid system credentials"));
        assertThat(add(line(client, client.system().key())).status()).isEqualTo(201);
        assertThat(client.tokenHeartbeat("/isa/heartbeats/store").output()).isEqualTo("{}");
    }

    @Test
    void the_examples_of_the_page_run() throws IOException {
        var bash = Tool.named("bash");
        var client = client(site.system(customer));
        Files.writeString(
                folder.resolve("pairs.csv"), HEADING + line(client, client.system().key()));
        Files.write(folder.resolve("dump.json.gz.gpg"), bytes(3_000, 9));
        var examples = Page.at("docs/en/moving-from-the-old-platform.md").blocks("bash");

        assertThat(examples).hasSize(5);

        var pair = "none";
        for (var i : List.of(0, 1, 2, 4, 3)) {
            var result =
                    bash.run(
                            Map.of(
                                    "COFFER", site.node().uri().toString(),
                                    "API_KEY", admin,
                                    "OLD_ID", client.id(),
                                    "OLD_SECRET", client.secret(),
                                    "PAIR_ID", pair),
                            List.of("-ec", "cd '" + folder + "'\n" + examples.get(i)));
            var output = result.orThrow().output();
            switch (i) {
                case 0 -> assertThat(output).contains("\"imported\":1");
                case 1 -> assertThat(output).contains("{\"id\":\"", "\"backups\":[{");
                case 2 -> assertThat(output).contains("\"system_secret\":\"cof_");
                case 3 -> assertThat(output).contains("legacy pair removed");
                default -> {
                    assertThat(output).contains("\"last_legacy_protocol\":\"");
                    pair =
                            new ObjectMapper()
                                    .readTree(output)
                                    .path("data")
                                    .path("pairs")
                                    .get(0)
                                    .path("id")
                                    .asText();
                }
            }
        }
        site.checkSettled();
    }
}
