package coffer.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.People;
import coffer.launch.PersonClient;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Every endpoint as every kind of caller on things in every place, through aliases, slashes and
 * paths that could be read in two ways; against {@link Rule}, which knows the contract alone. An
 * endpoint without a rule fails it, and so does a rule without an endpoint.
 */
class MatrixIT {

    /** At least so many, or something is not looked at any more. */
    private static final int FEWEST = 5_000;

    private static final int AT_ONCE = 16;

    /** How a path is written, and whether that is a path at all. */
    private enum Spelling {
        PLAIN,
        COLLECT,
        BACKEND,
        SLASH,
        COLLECT_SLASH,
        BACKEND_SLASH,
        SEMICOLON,
        ENCODED_SEMICOLON,
        ENCODED_BACKSLASH,
        ENCODED_SLASH,
        DOUBLE_SLASH,
        DOT;

        boolean isPath() {
            return ordinal() <= BACKEND_SLASH.ordinal();
        }

        String of(String path) {
            return switch (this) {
                case PLAIN -> path;
                case COLLECT -> "/collect" + path;
                case BACKEND -> "/backend" + path;
                case SLASH -> path + "/";
                case COLLECT_SLASH -> "/collect" + path + "/";
                case BACKEND_SLASH -> "/backend" + path + "/";
                case SEMICOLON -> path + ";x";
                case ENCODED_SEMICOLON -> path + "%3bx";
                case ENCODED_BACKSLASH -> "/api%5c" + path.substring("/api/".length());
                case ENCODED_SLASH -> "/api%2f" + path.substring("/api/".length());
                case DOUBLE_SLASH -> path.replaceFirst("/api/", "/api//");
                case DOT -> path.replaceFirst("/api/", "/api/%2e/");
            };
        }
    }

    private record Check(Rule rule, Caller caller, Place place, Spelling spelling) {

        Outcome expected() {
            return spelling.isPath() ? rule.expected(caller, place) : Outcome.NO_PATH;
        }

        /** May change something, if it is let in. */
        boolean changes() {
            return expected() == Outcome.IN && !rule.endpoint().safe();
        }
    }

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

    @Test
    void every_endpoint_lets_in_whom_the_contract_names_and_nobody_else() throws Exception {
        var rules = Rule.all();
        assertThat(rules.keySet())
                .as("a rule for each endpoint, and an endpoint for each rule")
                .containsExactlyInAnyOrderElementsOf(Endpoint.all());
        var checks = checks(rules);
        assertThat(checks.size()).isGreaterThan(FEWEST);

        var instance = Parts.shared().instance("matrix");
        long millis;
        try (var node = node(instance);
                var scene = new Scene(instance, node)) {
            var begin = System.nanoTime();
            var before = scene.audited();
            run(scene, checks.stream().filter(check -> check.expected() != Outcome.IN));

            assertThat(wrong).isEmpty();
            assertThat(scene.audited()).as("what was refused changed nothing").isEqualTo(before);

            run(scene, checks.stream().filter(check -> check.expected() == Outcome.IN));
            millis = (System.nanoTime() - begin) / 1_000_000;

            assertThat(wrong).isEmpty();
        }
        System.out.println(
                checks.size() + " checks of " + rules.size() + " endpoints in " + millis + " ms");
        page(rules);
    }

    private static Node node(coffer.launch.Instance instance) {
        var node =
                Node.on(instance, "matrix")
                        .with("coffer.sign-in.hash-iterations", "" + People.ITERATIONS)
                        .with("coffer.sign-in.hashes-at-once", "16")
                        .with("coffer.sign-in.rate-per-minute", "1000000")
                        .with("coffer.sign-in.rate-per-hour", "10000000")
                        .with("coffer.appliance.registrations-per-minute-by-address", "1000000")
                        .with("coffer.appliance.registrations-per-hour-by-address", "1000000");
        return node.startAndAwait();
    }

    /** Each endpoint, caller and place; each spelling of each endpoint, for each caller. */
    private static List<Check> checks(Map<Endpoint, Rule> rules) {
        var checks = new ArrayList<Check>();
        for (var rule : rules.values()) {
            var places = rule.reach().equals("-") ? List.of(Place.DISTRIBUTOR) : Place.eight();
            for (var caller : Caller.ALL) {
                places.forEach(place -> checks.add(new Check(rule, caller, place, Spelling.PLAIN)));
                Stream.of(Spelling.values())
                        .filter(spelling -> spelling != Spelling.PLAIN)
                        .forEach(spelling ->
                                checks.add(
                                        new Check(
                                                rule,
                                                caller,
                                                rule.reach().equals("-")
                                                        ? Place.DISTRIBUTOR
                                                        : Place.RESELLER,
                                                spelling)));
            }
        }
        return checks;
    }

    private void run(Scene scene, Stream<Check> checks) {
        var turns = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            checks.forEach(check ->
                    threads.submit(() -> {
                        turns.acquire();
                        try {
                            check(scene, check);
                        } catch (RuntimeException thrown) {
                            wrong.add(check + ": " + thrown);
                        } finally {
                            turns.release();
                        }
                        return null;
                    }));
        }
    }

    private void check(Scene scene, Check check) {
        var rule = check.rule();
        var id =
                check.changes()
                        ? scene.fresh(rule.thing(), check.place(), check.caller())
                        : scene.thing(rule.thing(), check.place());
        var path =
                rule.endpoint()
                        .path()
                        .replaceFirst("\\{[^}]*\\}", id.toString())
                        .replaceAll("\\{[^}]*\\}", "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001.gpg");
        var endsItself = rule.endpoint().path().equals("/api/auth/logout") && check.changes();
        var client = endsItself ? scene.throwaway(check.caller()) : scene.as(check.caller());
        var answer =
                client.send(
                        rule.endpoint().verb(),
                        check.spelling().of(path),
                        body(rule, scene, check.caller()));
        if (Outcome.of(answer) != check.expected() || isHtml(answer)) {
            wrong.add(
                    "%s as %s on %s (%s): expected %s, got %d %s"
                            .formatted(
                                    rule.endpoint(),
                                    check.caller(),
                                    check.place().text(),
                                    check.spelling(),
                                    check.expected(),
                                    answer.status(),
                                    answer.body()));
        }
    }

    private static String body(Rule rule, Scene scene, Caller caller) {
        if (rule.endpoint().safe() || rule.endpoint().verb().equals("DELETE")) {
            return null;
        }
        return rule.body().isEmpty()
                ? "{}"
                : rule.body()
                        .replace("%home", scene.thing("organization", caller.home()).toString())
                        .replace("%own", scene.thing("organization", Place.DISTRIBUTOR).toString());
    }

    private static boolean isHtml(PersonClient.Answer answer) {
        return answer.header("Content-Type").orElse("").contains("html");
    }

    /** {@code docs/authorization-matrix.md} says what was just proven. */
    private static void page(Map<Endpoint, Rule> rules) throws IOException {
        var file = Checkout.root().resolve("docs/authorization-matrix.md");
        var text = MatrixPage.of(rules.values());
        if (Boolean.getBoolean("coffer.doc.write")) {
            Files.writeString(file, text);
        }
        assertThat(Files.readString(file))
                .as("write it with -Dcoffer.doc.write=true")
                .isEqualTo(text);
    }
}
