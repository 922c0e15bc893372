package coffer.launch.demo;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ninety days, one by one. */
record DemoDays(
        DemoClock clock,
        Keeper keeper,
        DemoHistory history,
        List<DemoSystem> systems,
        Instant now) {

    private static final int ERASED_AT = 24;
    private static final int STOPPED_AT = 10;
    private static final int DELETED_AT = 6;
    private static final List<Integer> AUDITS = List.of(14, 7, 1);

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
            Habit.SUSPENDED.among(systems).forEach(one -> system("PATCH", one, "/suspend"));
            var unpaid = Habit.UNPAID.among(systems).getFirst().organization();
            keeper.send("PATCH", "/api/organizations/" + unpaid + "/suspend", null);
        } else if (ago == DELETED_AT) {
            Habit.DELETED.among(systems).forEach(one -> system("DELETE", one, ""));
            keeper.send(
                    "POST",
                    "/api/organizations/" + systems.get(6).organization() + "/hold",
                    Map.of("reason", "Tax inspection (demo)"));
        } else {
            erase(Habit.ERASED.among(systems).getFirst(), then);
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
        history.beat(Habit.SILENT.among(systems));
    }

    /** Two systems lose their heads: one sends much, one sends far too much at once. */
    private void flood() {
        var flooded = Habit.FLOODED.among(systems);
        for (var i = 0; i < 16; i++) {
            history.upload(flooded.getFirst(), 4_096 + i);
        }
        history.upload(flooded.getLast(), 400_000);
    }

    /** What happened today: signs of life, changes, deletions, pins. */
    void finish() {
        history.describe(systems.stream().filter(one -> one.habit().changed()).toList(), "8.7");
        history.beat(systems.stream().filter(one -> one.habit().beats()).toList());
        var nightly = Habit.NIGHTLY.among(systems);
        for (var i = 0; i < 3; i++) {
            pin(nightly.get(i * 5));
        }
        for (var one : List.of(nightly.get(7), nightly.get(12))) {
            keeper.send("DELETE", backups(one) + "/" + backup(one, 3), null);
        }
        Habit.FLOODED.among(systems).forEach(this::throwAway);
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
