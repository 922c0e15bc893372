package coffer.launch.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The living demo: three distributors down to sixty systems with {@value #DAYS} days of history in
 * every state. People's deeds go through {@code /api} as people do them, backups through {@code
 * /api/systems/backups} as systems send them; only the time is moved. Made once; it ages from then
 * on.
 */
public final class Demo {

    static final String FILE = "demo-systems";

    /** How far back it goes. */
    static final int DAYS = 90;

    /** What a node needs so that ninety days pass in a minute. */
    public static final Map<String, String> SETTINGS =
            Map.of(
                    "coffer.intake.rate-per-minute", "600",
                    "coffer.intake.rate-per-hour", "6000",
                    "coffer.appliance.registrations-per-minute-by-address", "600",
                    "coffer.backup.presign-ttl", "1m",
                    "coffer.erasure.credential-wait", "1s",
                    "coffer.erasure.look-interval", "5s",
                    "coffer.erasure.retry", "10s",
                    "coffer.fleet.review", "20s");

    private static final int ERASED_AT = 24;
    private static final int STOPPED_AT = 10;
    private static final int DELETED_AT = 6;
    private static final List<Integer> AUDITS = List.of(14, 7, 1);

    private final Catalogue catalogue;
    private final URI node;
    private final Path file;
    private final Consumer<String> said;

    /**
     * The demo of a catalogue.
     *
     * @param folder where the credentials of its systems are kept for the next start
     * @param said is told how it goes on
     */
    public Demo(Catalogue catalogue, URI node, Path folder, Consumer<String> said) {
        this.catalogue = catalogue;
        this.node = node;
        this.file = folder.resolve(FILE);
        this.said = said;
    }

    /** True where it was made before, even if it was removed since. */
    public boolean known() throws SQLException {
        try (var connection = catalogue.connect()) {
            return Keeper.exists(connection);
        }
    }

    /** True where it is there to be seen. */
    public boolean present() {
        return Files.exists(file);
    }

    /** Whom people sign in as. */
    public static List<String> usernames() {
        return java.util.Arrays.stream(DemoPeople.values()).map(DemoPeople::username).toList();
    }

    /** A start that was killed while the time was moved must not leave it so. */
    public void recover() throws SQLException {
        try (var clock = new DemoClock(catalogue)) {
            clock.home();
        }
    }

    /**
     * Makes it.
     *
     * @param password of its people
     */
    public void make(String password) throws SQLException, IOException, InterruptedException {
        var now = Instant.now();
        try (var clock = new DemoClock(catalogue);
                var keeper = new Keeper(catalogue, node);
                var history = new DemoHistory(node)) {
            keeper.signIn();
            clock.to(now.minus(Duration.ofDays(DAYS)));
            clock.settle();
            var tree = new DemoTree(keeper, node).grow();
            var systems = tree.plant();
            history.describe(registered(systems), "8.6");
            said.accept("the demo: " + systems.size() + " systems of 30 organizations are there");
            var days = new Days(clock, keeper, history, systems, now);
            for (var ago = DAYS; ago >= 0; ago--) {
                days.pass(ago);
                if (ago % 30 == 0) {
                    said.accept(
                            "the demo: " + ago + " days ago, " + history.uploads() + " backups");
                }
            }
            clock.home();
            clock.settle();
            days.finish();
            DemoPeople.settle(keeper, node, tree, password);
            remember(systems);
        }
    }

    /** Those that are alive give a sign, and send what a night would have brought. */
    public void live(boolean uploads) throws IOException {
        try (var lines = Files.lines(file);
                var history = new DemoHistory(node)) {
            var alive = lines.map(DemoSystem::of).filter(one -> one.habit().beats()).toList();
            history.beat(alive);
            if (uploads) {
                history.upload(with(alive, Habit.NIGHTLY), 0);
            }
        }
    }

    private void remember(List<DemoSystem> systems) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                file,
                systems.stream()
                        .filter(one -> one.habit() != Habit.ERASED)
                        .map(DemoSystem::line)
                        .toList());
    }

    private static List<DemoSystem> registered(List<DemoSystem> systems) {
        return systems.stream().filter(one -> one.habit() != Habit.UNBORN).toList();
    }

    private static List<DemoSystem> with(List<DemoSystem> systems, Habit habit) {
        return systems.stream().filter(one -> one.habit() == habit).toList();
    }

    /** Day by day. */
    private record Days(
            DemoClock clock,
            Keeper keeper,
            DemoHistory history,
            List<DemoSystem> systems,
            Instant now) {

        void pass(int ago) throws SQLException, InterruptedException {
            var midnight =
                    now.minus(Duration.ofDays(ago))
                            .atOffset(ZoneOffset.UTC)
                            .truncatedTo(ChronoUnit.DAYS)
                            .toInstant();
            for (var hour = 1; hour <= 3; hour++) {
                var at = hour;
                var senders = new ArrayList<>(systems);
                senders.removeIf(one -> one.hour() != at || !one.habit().sends(ago, one.number()));
                var then = midnight.plus(Duration.ofHours(hour));
                if (!senders.isEmpty() && then.isBefore(now)) {
                    clock.to(then);
                    history.upload(senders, ago);
                }
            }
            if (ago == ERASED_AT || ago == STOPPED_AT || ago == DELETED_AT) {
                clock.to(midnight.plus(Duration.ofHours(9)));
                deeds(ago, midnight.plus(Duration.ofHours(9)));
            }
            if (ago == 3) {
                clock.to(midnight.plus(Duration.ofHours(11)));
                flood();
            }
            if (AUDITS.contains(ago)) {
                clock.to(midnight.plus(Duration.ofMinutes(23 * 60 + 55)));
                clock.settle();
                keeper.run("retention-audit");
            }
            if (ago == 22) {
                silent();
            }
        }

        private void deeds(int ago, Instant then) throws SQLException, InterruptedException {
            if (ago == STOPPED_AT) {
                with(systems, Habit.SUSPENDED).forEach(one -> system("PATCH", one, "/suspend"));
                var unpaid = with(systems, Habit.UNPAID).getFirst().organization();
                keeper.send("PATCH", "/api/organizations/" + unpaid + "/suspend", null);
            } else if (ago == DELETED_AT) {
                with(systems, Habit.DELETED).forEach(one -> system("DELETE", one, ""));
                keeper.send(
                        "POST",
                        "/api/organizations/" + systems.get(6).organization() + "/hold",
                        Map.of("reason", "Tax inspection (demo)"));
            } else {
                erase(with(systems, Habit.ERASED).getFirst(), then);
            }
        }

        /** By law; what it waits for takes minutes, which pass at once here. */
        private void erase(DemoSystem one, Instant then) throws SQLException, InterruptedException {
            system("DELETE", one, "");
            var purge = system("DELETE", one, "/destroy").get("purge_id");
            for (var hour = 1; hour <= 12; hour++) {
                clock.to(then.plus(Duration.ofHours(hour)));
                clock.settle();
                keeper.run("gdpr-purge");
                if ("done".equals(keeper.get("/api/purges/" + purge).get("state"))) {
                    return;
                }
            }
            throw new IllegalStateException("an erasure of the demo does not end");
        }

        private Map<String, Object> system(String method, DemoSystem one, String verb) {
            return keeper.send(method, "/api/systems/" + one.credentials().id() + verb, null);
        }

        /** The last sign of life of those that will give none. */
        private void silent() {
            history.beat(with(systems, Habit.SILENT));
        }

        /** Two systems lose their heads: one sends much, one sends far too much at once. */
        private void flood() {
            var flooded = with(systems, Habit.FLOODED);
            for (var i = 0; i < 16; i++) {
                history.upload(flooded.getFirst(), 4_096 + i);
            }
            history.upload(flooded.getLast(), 400_000);
        }

        /** What happened today: signs of life, changes, deletions, pins. */
        void finish() {
            history.describe(systems.stream().filter(one -> one.habit().changed()).toList(), "8.7");
            history.beat(systems.stream().filter(one -> one.habit().beats()).toList());
            var nightly = with(systems, Habit.NIGHTLY);
            for (var i = 0; i < 3; i++) {
                pin(nightly.get(i * 5));
            }
            for (var one : List.of(nightly.get(7), nightly.get(12))) {
                keeper.send("DELETE", backups(one) + "/" + backup(one, 3), null);
            }
            with(systems, Habit.FLOODED).forEach(this::throwAway);
            keeper.run("integrity-scrub");
        }

        private void throwAway(DemoSystem one) {
            var client = one.client(history.node());
            for (var id : client.ids().subList(1, 4)) {
                client.delete(id);
            }
        }

        private void pin(DemoSystem one) {
            keeper.send("POST", backups(one) + "/" + backup(one, 5) + "/pin", null);
        }

        private Object backup(DemoSystem one, int index) {
            var listed = (List<?>) keeper.get(backups(one)).get("backups");
            return ((Map<?, ?>) listed.get(Math.min(index, listed.size() - 1))).get("id");
        }

        private static String backups(DemoSystem one) {
            return "/api/systems/" + one.credentials().id() + "/backups";
        }
    }
}
