package coffer.launch.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
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

    private static final int MOST_TRIES = 20;

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

    private final Catalogue catalogue;
    private final URI node;
    private final Path folder;
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
        this.folder = folder;
        this.file = folder.resolve(FILE);
        this.said = said;
    }

    /** True where it was made before, even if it was removed since. */
    public boolean known() throws SQLException {
        try (var connection = catalogue.connect()) {
            return Keeper.exists(connection) && !half();
        }
    }

    /** True where a start was killed that made it: a part of it is there, and is no use. */
    private boolean half() throws SQLException {
        return !present() && DemoMark.of(catalogue) == DemoMark.BEGUN;
    }

    /** True where it is there to be seen. */
    public boolean present() {
        return Files.exists(file);
    }

    /** Whom people sign in as. */
    public static List<String> usernames() {
        return java.util.Arrays.stream(DemoPeople.values()).map(DemoPeople::username).toList();
    }

    /**
     * What a killed process left: a moved time goes home, and a removal that was begun goes on to
     * its end. What was half made is left to {@link #make}.
     */
    public void recover() throws SQLException, IOException, InterruptedException {
        try (var clock = new DemoClock(catalogue)) {
            clock.home();
            clock.settle();
        }
        var mark = DemoMark.of(catalogue);
        if (mark == DemoMark.REMOVING) {
            said.accept("the demo: its removal goes on");
            DemoRemoval.remove(catalogue, node, folder, said);
        } else if (mark != DemoMark.WHOLE && present()) {
            DemoMark.set(catalogue, DemoMark.WHOLE);
        }
    }

    /**
     * Makes it. What a killed process has made of it is erased first.
     *
     * @param password of its people
     */
    public void make(String password) throws SQLException, IOException, InterruptedException {
        if (half()) {
            said.accept("the demo: what a killed start has made of it goes first");
            DemoRemoval.clear(catalogue, node, said);
        }
        var now = Instant.now();
        try (var clock = new DemoClock(catalogue);
                var keeper = new Keeper(catalogue, node);
                var history = new DemoHistory(node)) {
            keeper.signIn();
            DemoMark.set(catalogue, DemoMark.BEGUN);
            back(clock, keeper, now.minus(Duration.ofDays(DAYS)));
            var tree = new DemoTree(keeper, node).grow();
            var systems = tree.plant();
            history.describe(registered(systems), "8.6");
            said.accept("the demo: " + systems.size() + " systems of 30 organizations are there");
            var days = new DemoDays(clock, keeper, history, systems, now);
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
            DemoMark.set(catalogue, DemoMark.WHOLE);
        }
    }

    /**
     * Goes back in time. A run that was fired, and not begun, just before would wait for its
     * instant all the days long, and keep others of its job from being asked for: it is done first.
     */
    private static void back(DemoClock clock, Keeper keeper, Instant then)
            throws SQLException, InterruptedException {
        for (var tries = 1; tries <= MOST_TRIES; tries++) {
            clock.to(then);
            clock.settle();
            if (keeper.ask("gdpr-purge").isPresent()) {
                return;
            }
            clock.home();
            clock.settle();
        }
        throw new IllegalStateException("a run of gdpr-purge never ends");
    }

    /** Those that are alive give a sign, and send what a night would have brought. */
    public void live(boolean uploads) throws IOException {
        try (var lines = Files.lines(file);
                var history = new DemoHistory(node)) {
            var alive = lines.map(DemoSystem::of).filter(one -> one.habit().beats()).toList();
            history.beat(alive);
            if (uploads) {
                history.upload(Habit.NIGHTLY.among(alive), 0);
            }
        }
    }

    private void remember(List<DemoSystem> systems) throws IOException {
        var whole = file.resolveSibling(FILE + ".new");
        Files.deleteIfExists(whole);
        Files.createFile(
                whole,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(
                whole,
                systems.stream()
                        .filter(one -> one.habit() != Habit.ERASED)
                        .map(DemoSystem::line)
                        .toList());
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<DemoSystem> registered(List<DemoSystem> systems) {
        return systems.stream().filter(one -> one.habit() != Habit.UNBORN).toList();
    }
}
