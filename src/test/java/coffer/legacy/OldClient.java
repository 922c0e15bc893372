package coffer.legacy;

import coffer.launch.RawHttp;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A system of the installed base: it has a pair of the old platform and the scripts of its
 * firmware, whose calls of curl stand here word by word.
 *
 * @param id its system id on the old platform
 * @param secret 64 hex digits, as the old platform made them
 */
record OldClient(TestSite site, Seed.Firewall system, String id, String secret) {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** A system that has been mapped. */
    static OldClient of(TestSite site) {
        return of(site, site.system());
    }

    static OldClient of(TestSite site, Seed.Firewall system) {
        var number = NUMBER.incrementAndGet();
        var client =
                new OldClient(
                        site,
                        system,
                        "%08d-1a2b-4c3d-8e4f-%012x"
                                .formatted(number, System.nanoTime() & 0xffffffL),
                        system.secret().replaceAll("[^0-9a-f]", "").substring(0, 56)
                                + "%08x".formatted(number));
        site.legacyPair(system, client.id(), client.secret());
        return client;
    }

    URI uri(String path) {
        return URI.create(site.node().uri() + path);
    }

    String pair() {
        return id + ":" + secret;
    }

    String basic() {
        return "Basic "
                + Base64.getEncoder().encodeToString(pair().getBytes(StandardCharsets.UTF_8));
    }

    /** {@code remote-backup upload <file>}. */
    Tool.Result upload(URI base, String kind, Path file, String... more) {
        return curl(
                List.of(
                        "--silent",
                        "--location-trusted",
                        "--user",
                        pair(),
                        base + "/" + kind + "/api/v2/backup/",
                        "--upload-file",
                        file.toString()),
                more);
    }

    Tool.Result upload(Path file, String... more) {
        return upload(site.node().uri(), "enterprise", file, more);
    }

    /** {@code remote-backup upload <file>} of the releases that use the proxy's paths. */
    Tool.Result proxyUpload(URI base, Path file, String... more) {
        return curl(
                List.of(
                        "--silent",
                        "--location-trusted",
                        "--user",
                        pair(),
                        "-X",
                        "POST",
                        "-H",
                        "Content-Type: application/octet-stream",
                        "-H",
                        "X-Filename: " + file.getFileName(),
                        "--data-binary",
                        "@" + file,
                        base + "/proxy/backup"),
                more);
    }

    /** {@code backup-send}. */
    Tool.Result nethBackup(URI base, String action, String parameters, String... more) {
        return curl(
                List.of(
                        "--silent",
                        "--user",
                        pair(),
                        "-X",
                        "POST",
                        "-H",
                        "NethBackup-Action: " + action,
                        "-H",
                        "NethBackup-Parameters: " + parameters,
                        base + "/backup"),
                more);
    }

    /** {@code send-heartbeat} of those with a token. */
    Tool.Result tokenHeartbeat(String path) {
        return curl(
                List.of(
                        "-m",
                        "180",
                        "--retry",
                        "3",
                        "-L",
                        "-s",
                        "--header",
                        "Authorization: token " + secret,
                        "--header",
                        "Content-Type: application/json",
                        "--header",
                        "Accept: application/json",
                        "--data-raw",
                        "{\"lk\": \"" + id + "\"}",
                        uri(path).toString()));
    }

    /** {@code send-inventory} of those with a token. */
    Tool.Result tokenInventory(String path) {
        return curl(
                List.of(
                        "-m",
                        "180",
                        "--retry",
                        "5",
                        "-L",
                        "-s",
                        "--header",
                        "Authorization: token " + secret,
                        "--header",
                        "Content-Type: application/json",
                        "--header",
                        "Accept: application/json",
                        "--data-binary",
                        "{\"data\": {\"lk\": \""
                                + id
                                + "\", \"data\": {\"facts\": {\"cpu\": 2}} }}",
                        uri(path).toString()));
    }

    /** curl with these words, then those. */
    static Tool.Result curl(List<String> words, String... more) {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return Tool.named("curl").run(all.toArray(String[]::new));
    }

    /** One request, byte for byte; header lines end with {@code \n} here. */
    RawHttp.Answer replay(String head, byte[] body) throws IOException {
        try (var raw = RawHttp.to(site.node().uri())) {
            raw.send(head.replace("\n", "\r\n") + "\r\n");
            return raw.send(body).answer();
        }
    }
}
