package coffer.erasure;

import static coffer.launch.Bodies.bytes;

import coffer.launch.ApplianceClient;
import coffer.launch.CatalogueInvariants;
import coffer.launch.Seed;
import coffer.launch.StorePart;
import coffer.launch.TestSite;
import coffer.launch.TestWar;
import coffer.launch.Wait;
import coffer.storage.EmbeddedStore;
import coffer.storage.TestStore;

import com.fasterxml.jackson.databind.JsonNode;

import software.amazon.awssdk.services.s3.S3Client;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A site with two destinations, a file store behind a fault proxy and a versioned one in memory,
 * that hurries with erasures.
 */
final class PurgeSite implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(240);

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    final TestSite site;
    final S3Client vault;
    final String bucket;
    private final AutoCloseable stop;

    private PurgeSite(TestSite site, S3Client vault, String bucket, AutoCloseable stop) {
        this.site = site;
        this.vault = vault;
        this.bucket = bucket;
        this.stop = stop;
    }

    record Answer(int status, JsonNode json) {

        String message() {
            return json.path("message").asText();
        }

        JsonNode data() {
            return json.path("data");
        }
    }

    /** The one that all tests of this JVM share; it ends with it. */
    static PurgeSite shared() {
        return Shared.SITE;
    }

    private static final class Shared {

        static final PurgeSite SITE = open();

        private static PurgeSite open() {
            try {
                var site = PurgeSite.open("purge");
                Runtime.getRuntime().addShutdownHook(new Thread(site::close, "stop purge site"));
                return site;
            } catch (Exception broken) {
                throw new IllegalStateException(broken);
            }
        }
    }

    /** With S3Proxy's versions in memory. */
    static PurgeSite open(String name) throws Exception {
        var store = EmbeddedStore.withVersions();
        return open(
                name, store.store(), EmbeddedStore.admin(store.store()), store::close, Map.of());
    }

    /** With a versioned store of one's own, which {@code stop} ends. */
    static PurgeSite open(
            String name,
            TestStore versioned,
            S3Client admin,
            AutoCloseable stop,
            Map<String, String> more) {
        var settings = new LinkedHashMap<String, String>();
        settings.put("coffer.war", TestWar.with(PersonServlet.class).toString());
        settings.put("coffer.destinations", "primary,vault");
        settings.put("coffer.job.gdpr-purge.schedule", "* * * * * *");
        settings.put("coffer.job.silence", "5s");
        settings.put("coffer.backup.presign-ttl", "1s");
        settings.put("coffer.erasure.credential-wait", "1s");
        settings.put("coffer.erasure.look-interval", "1s");
        settings.put("coffer.erasure.retry", "1s");
        settings.put("coffer.storage.attempts", "1");
        settings.put("coffer.destination.vault.endpoint", versioned.endpoint().toString());
        settings.put("coffer.destination.vault.bucket", versioned.bucket());
        Map.of(
                        "writer", versioned.writer(),
                        "reader", versioned.reader(),
                        "eraser", versioned.eraser())
                .forEach((who, key) -> {
                    var group = "coffer.destination.vault." + who + ".";
                    settings.put(group + "access-key", key.accessKey());
                    settings.put(group + "secret-key", key.secretKey().reveal());
                });
        settings.putAll(more);
        var site = TestSite.open(name, settings);
        // Holds come with the fleet's own migration; where it has run, this changes nothing.
        site.sql(
                """
                create table if not exists legal_hold (id uuid primary key, organization_id uuid, appliance_id uuid,
                    reason text, set_by text, set_by_organization uuid, set_at timestamptz, lifted_at timestamptz)
                """);
        site.sql("alter table legal_hold owner to coffer_migration");
        site.sql("grant select, insert, update, delete on legal_hold to coffer");
        return new PurgeSite(site, admin, versioned.bucket(), stop);
    }

    /** The owner, from whom all is seen. */
    List<UUID> owner() {
        return path(
                UUID.fromString(
                        text("select cast(id as text) from organization where kind = 'owner'")));
    }

    List<UUID> path(UUID organization) {
        return PurgeLedger.ids(
                text("select path from organization where id = '" + organization + "'"));
    }

    Answer call(List<UUID> organizations, String method, String path) {
        return call(organizations, method, path, Map.of());
    }

    Answer call(List<UUID> organizations, String method, String path, Map<String, String> more) {
        var form = new LinkedHashMap<>(more);
        form.put("method", method);
        form.put("path", path);
        var raw = post(organizations, form);
        return new Answer(raw.statusCode(), ApplianceClient.parse(raw.body()));
    }

    void run(String job) {
        Wait.until(
                "the job " + job + " was begun",
                PATIENCE,
                () -> post(owner(), Map.of("job", job)).statusCode() == 200);
    }

    private java.net.http.HttpResponse<String> post(
            List<UUID> organizations, Map<String, String> form) {
        var all = new LinkedHashMap<>(form);
        all.put(
                "organizations",
                organizations.stream().map(UUID::toString).collect(Collectors.joining(",")));
        var body =
                all.entrySet().stream()
                        .map(entry ->
                                entry.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                entry.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(site.node().uri("/test/person"))
                            .timeout(PATIENCE)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** Soft-deletes a system, as an administrator does. */
    void delete(Seed.Firewall system) {
        site.sql("update appliance set deleted_at = coffer_now() where id = '" + system.id() + "'");
    }

    Answer destroy(Seed.Firewall system) {
        return call(owner(), "DELETE", "/api/systems/" + system.id() + "/destroy");
    }

    /** Deletes and destroys; the purge's id. */
    String purge(Seed.Firewall system) {
        delete(system);
        return destroy(system).data().path("purge_id").asText();
    }

    JsonNode get(String purge) {
        return call(owner(), "GET", "/api/purges/" + purge).data();
    }

    /** Waits until it says what stands in its way. */
    void awaitReason(String purge, String beginning) {
        Wait.until(
                "the reason is told: " + beginning,
                PATIENCE,
                () -> get(purge).path("reason").asText().startsWith(beginning));
    }

    UUID hold(UUID organization) {
        var id = UUID.randomUUID();
        site.sql(
                """
                insert into legal_hold (id, organization_id, reason, set_by, set_by_organization, set_at)
                values ('%1$s', '%2$s', 'a lawsuit', 'user:test', '%2$s', coffer_now())
                """
                        .formatted(id, organization));
        return id;
    }

    void lift(UUID hold) {
        site.sql("update legal_hold set lifted_at = coffer_now() where id = '" + hold + "'");
    }

    JsonNode receipt(String purge) {
        Wait.until(
                "purge " + purge + " is done",
                PATIENCE,
                () -> get(purge).path("state").asText().equals("done"));
        return call(owner(), "GET", "/api/purges/" + purge + "/receipt").data();
    }

    TestStore primary() {
        return TestStore.shared(
                site.instance().parts().store().endpoint(),
                site.instance().bucket(),
                TestStore.keys(StorePart.ACCESS_KEY, StorePart.SECRET_KEY));
    }

    UUID organization(String kind, UUID parent) {
        try (var connection = site.instance().connect()) {
            return new Seed(connection, "k1", "").organization(kind, parent, kind);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    String prefix(UUID system) {
        return text("select id from installation") + "/systems/" + system + "/";
    }

    /** Keys of a system that are left in the file store. */
    List<String> inPrimary(UUID system) {
        return CatalogueInvariants.objects(CatalogueInvariants.store(site.instance())).stream()
                .filter(key -> key.contains(system.toString()))
                .toList();
    }

    /** Puts an entry into the erasure log of the primary store, past the server. */
    Path logEntry(UUID id, String text) throws IOException {
        var key = text("select id from installation") + "/erasures/" + id;
        var file = CatalogueInvariants.store(site.instance()).resolve(key);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    String text(String query) {
        try (var connection = site.instance().connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "";
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    Seed.Firewall systemWithBackups(int count) {
        var system = site.system();
        var client = site.client(system);
        for (var i = 0; i < count; i++) {
            var stored = client.upload(bytes(1_000, i), "night-" + i + ".gpg");
            if (stored.status() != 201) {
                throw new IllegalStateException(stored.toString());
            }
        }
        return system;
    }

    /** Tables that still know the system, or details about it. */
    String traces(UUID system) {
        return text("""
        select string_agg(what, ', ') from (
            select 'appliance' what from appliance where id = '%1$s'
            union all select 'secret' from appliance_secret where appliance_id = '%1$s'
            union all select 'usage' from appliance_usage where appliance_id = '%1$s'
            union all select 'backup' from backup where subject_id = '%1$s'
            union all select 'detail of ' || e.action from audit_entry e join audit_detail d on d.entry_id = e.id
                       where e.subject = 'system:%1$s' or e.actor = 'system:%1$s') traces
        """
                        .formatted(system))
                .replace("null", "");
    }

    @Override
    public void close() {
        vault.close();
        try {
            site.close();
            stop.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
