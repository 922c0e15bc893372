package coffer.bench;

import coffer.launch.Checkout;
import coffer.launch.FaultProxy;
import coffer.launch.Node;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What each operation asks of the store and of the database, and what authentication costs within
 * the process.
 */
final class Calls {

    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
    private static final int CREDENTIALS = 1_000;

    private final Bed bed;
    private final Report report;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Calls(Bed bed, Report report) {
        this.bed = bed;
        this.report = report;
    }

    void measure() throws Exception {
        var systems = Files.readAllLines(bed.out.resolve("systems"));
        var plans = new Plans(bed);
        try (var store = FaultProxy.before(bed.parts.store().endpoint());
                var node =
                        bed.node("bench-calls")
                                .with(
                                        "coffer.destination.primary.endpoint",
                                        store.address().toString())
                                .with("coffer.war", war().toString())) {
            node.startAndAwait();
            report.heading("Authentication in the process");
            authentication(node, systems.subList(0, CREDENTIALS));
            node.stop();
            plans.record();
            node.startAndAwait();
            settled(store);
            report.heading("Calls to the store, per operation");
            operations(node, store, systems.getLast());
        }
        report.heading("Plans of every statement sent, with the catalogue full");
        var scanned = plans.read(bed.out.resolve("plans.txt"));
        report.say(
                "plans",
                "- big tables read from end to end: " + (scanned.isEmpty() ? "none" : scanned),
                Map.of("scanned", scanned));
    }

    private void authentication(Node node, List<String> headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(node.uri("/bench/authentication"))
                        .POST(BodyPublishers.ofString(String.join("\n", headers)))
                        .build();
        var answer = http.send(request, BodyHandlers.ofString());
        report.say(
                "authentication",
                "- microseconds: " + answer.statusCode() + " " + answer.body(),
                Map.of("answer", answer.body()));
    }

    private void operations(Node node, FaultProxy store, String authorization) throws Exception {
        var id = "";
        var bytes = new byte[0];
        for (var size : new int[] {16 << 10, 256 << 10, 5 << 20, 20 << 20}) {
            var body = new byte[size];
            new Random(size).nextBytes(body);
            var answer =
                    count(store, "upload of " + Report.size(size), post(node, authorization, body));
            var found = ID.matcher(answer);
            id = found.find() ? found.group(1) : id;
            bytes = body;
        }
        count(store, "the same upload again", post(node, authorization, bytes));
        var one = node.uri(Lists.PATH + "/" + id);
        count(store, "list", get(node.uri(Lists.PATH), authorization));
        count(store, "download", get(one, authorization));
        count(
                store,
                "download of a range",
                ask(one, authorization).header("Range", "bytes=5-9").build());
        count(store, "delete (to the trash)", ask(one, authorization).DELETE().build());
        count(store, "refused credentials", post(node, "Basic eDp5", bytes));
        for (var path : List.of("/api/systems/info", "/health")) {
            count(store, path, get(node.uri(path), authorization));
        }
        count(
                store,
                "heartbeat",
                ask(node.uri("/api/systems/heartbeat"), authorization)
                        .POST(BodyPublishers.noBody())
                        .build());
        count(
                store,
                "inventory",
                ask(node.uri("/api/systems/inventory"), authorization)
                        .POST(BodyPublishers.ofString("{\"a\":1}"))
                        .build());
    }

    /** The probe of a node that has just started asks the store many things: they are not ours. */
    private static void settled(FaultProxy store) throws InterruptedException {
        var before = -1L;
        while (store.total() == 0 || store.total() != before) {
            before = store.total();
            Thread.sleep(3_000);
        }
    }

    private String count(FaultProxy store, String what, HttpRequest request)
            throws IOException, InterruptedException {
        store.resetCounts();
        HttpResponse<String> answer;
        try {
            answer =
                    http.send(
                            request,
                            BodyHandlers.ofString(java.nio.charset.StandardCharsets.ISO_8859_1));
        } catch (IOException cut) {
            report.say("calls " + what, "- " + what + ": " + cut, Map.of("failed", cut.toString()));
            return "";
        }
        var counts = new TreeMap<>(store.counts());
        var total = counts.values().stream().mapToLong(Long::longValue).sum();
        report.say(
                "calls " + what,
                "- " + what + ": " + answer.statusCode() + ", " + total + " " + counts,
                counts);
        return answer.body();
    }

    private static HttpRequest.Builder ask(URI uri, String authorization) {
        return HttpRequest.newBuilder(uri).header("Authorization", authorization);
    }

    private static HttpRequest get(URI uri, String authorization) {
        return ask(uri, authorization).build();
    }

    private static HttpRequest post(Node node, String authorization, byte[] body) {
        return ask(node.uri(Lists.PATH), authorization)
                .header("X-Filename", "calls.tar.gz.gpg")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    /** A copy of the WAR with {@link AuthProbe} in it. */
    private Path war() throws IOException {
        var from = Checkout.root().resolve("target/coffer");
        var to = Checkout.scratch().resolve("bench-war-" + ProcessHandle.current().pid());
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        var name = AuthProbe.class.getName().replace('.', '/') + ".class";
        var target = to.resolve("WEB-INF/classes").resolve(name);
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        try (InputStream bytes =
                Objects.requireNonNull(
                        AuthProbe.class.getClassLoader().getResourceAsStream(name))) {
            Files.copy(bytes, target, StandardCopyOption.REPLACE_EXISTING);
        }
        return to;
    }
}
