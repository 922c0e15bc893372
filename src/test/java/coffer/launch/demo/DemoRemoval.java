package coffer.launch.demo;

import coffer.launch.Checkout;
import coffer.launch.PostgresPart;
import coffer.launch.Wait;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Removes the demo from the server that {@code ./mvnw} runs: each marked distributor is deleted and
 * then erased by law with all below it. The objects go, the rows, the people; the receipts of the
 * erasures stay, and the keeper's account, disabled, so that no start makes the demo again.
 */
public final class DemoRemoval {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String ORGANIZATIONS = "/api/organizations/";

    private final Keeper keeper;
    private final Consumer<String> said;

    private DemoRemoval(Keeper keeper, Consumer<String> said) {
        this.keeper = keeper;
        this.said = said;
    }

    /** Of the checkout's own server. */
    public static void main(String[] arguments) throws Exception {
        remove(
                () ->
                        PostgresPart.connect(
                                Integer.getInteger("coffer.launch.postgresql-port"), "demo"),
                URI.create("http://127.0.0.1:" + Integer.getInteger("coffer.http.port")),
                Checkout.root().resolve(".coffer"),
                System.out::println);
    }

    /**
     * Removes it, whole.
     *
     * @throws IllegalStateException of a production catalogue, and when it takes too long
     */
    static void remove(Catalogue catalogue, URI node, Path folder, Consumer<String> said)
            throws SQLException, IOException, InterruptedException {
        DemoClock.refuseProduction(catalogue);
        DemoMark.set(catalogue, DemoMark.REMOVING);
        clear(catalogue, node, said);
        Files.deleteIfExists(folder.resolve(Demo.FILE));
        DemoMark.set(catalogue, null);
    }

    /** Erases what there is of it; that it was begun stays known. */
    static void clear(Catalogue catalogue, URI node, Consumer<String> said)
            throws SQLException, InterruptedException {
        try (var clock = new DemoClock(catalogue);
                var keeper = new Keeper(catalogue, node)) {
            clock.home();
            clock.settle();
            new DemoRemoval(keeper, said).remove();
        }
    }

    private void remove() {
        var all = organizations();
        var purges = new ArrayList<String>();
        for (var one : all) {
            if ("distributor".equals(one.get("type"))
                    && String.valueOf(one.get("name")).endsWith(DemoTree.MARK)) {
                letGo(below(all, one));
                var address = ORGANIZATIONS + one.get("id");
                keeper.status("DELETE", address);
                purges.add(
                        String.valueOf(
                                keeper.send("DELETE", address + "/destroy", null).get("purge_id")));
                said.accept("erasing " + one.get("name"));
            }
        }
        Wait.until(
                "all of it is erased",
                PATIENCE,
                () -> {
                    keeper.run("gdpr-purge");
                    return purges.stream().allMatch(this::done);
                });
        purges.forEach(
                purge -> said.accept("erased; the receipt: /api/purges/" + purge + "/receipt"));
        if (purges.isEmpty()) {
            said.accept("there is no demo here");
        }
    }

    private boolean done(String purge) {
        return "done".equals(keeper.get("/api/purges/" + purge).get("state"));
    }

    /** Nothing under a legal hold is erased. */
    private void letGo(List<Map<?, ?>> organizations) {
        for (var one : organizations) {
            keeper.status("DELETE", ORGANIZATIONS + one.get("id") + "/hold");
        }
    }

    private List<Map<?, ?>> organizations() {
        var all = new ArrayList<Map<?, ?>>();
        for (var page = 1; ; page++) {
            var answer =
                    keeper.get(
                            "/api/organizations?status=all&page_size=200&sort=created_at&page="
                                    + page);
            ((List<?>) answer.get("organizations")).forEach(one -> all.add((Map<?, ?>) one));
            if (!Boolean.TRUE.equals(((Map<?, ?>) answer.get("pagination")).get("has_next"))) {
                return all;
            }
        }
    }

    private static List<Map<?, ?>> below(List<Map<?, ?>> all, Map<?, ?> top) {
        var ids = new HashSet<Object>(Set.of(top.get("id")));
        var found = new ArrayList<Map<?, ?>>();
        for (var grown = true; grown; ) {
            grown = false;
            for (var one : all) {
                if (ids.contains(one.get("parent_id")) && ids.add(one.get("id"))) {
                    found.add(one);
                    grown = true;
                }
            }
        }
        return found;
    }
}
