package coffer.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.platform.Log;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * Each job is killed twenty times ({@code -Dcoffer.kills}): a seed says which of the messages that
 * it sends to the database never arrives. Another node ends it, and all is as after a run that
 * nobody disturbed.
 */
class KillHeavyIT {

    private static final int KILLS = Integer.getInteger("coffer.kills", 20);

    @TempDir private static Path folder;
    private static KillScene kills;

    @BeforeAll
    static void open() throws Exception {
        kills = KillScene.open("kills-heavy", folder, false);
    }

    @AfterAll
    static void close() {
        kills.close();
    }

    /** {@code -Dcoffer.kill.jobs=a,b} chooses some. */
    static List<String> jobs() {
        var all =
                "pending-sweep,object-reaper,integrity-scrub,catalogue-reconcile,retention-audit,"
                        + "gdpr-purge,erasure-replay";
        return List.of(System.getProperty("coffer.kill.jobs", all).split(","));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void killed_at_any_instant_it_ends_as_if_nothing_had_been(String job) throws Exception {
        kills.restore();
        var database = kills.scene().database();
        var begun = database.messages();
        kills.finish(job, kills.ask(job));
        var messages = database.messages() - begun;
        var expected = kills.state();
        var restarts = new ArrayList<Long>();

        for (var seed = 1; seed <= KILLS; seed++) {
            kills.restore();
            database.hangAfter(new Random(seed).nextLong(messages));
            var run = kills.ask(job);
            reach(job, run);
            kills.killAndGoOn();
            kills.finish(job, unended(job, run));

            compare(seed, expected);
            restarts.add(kills.scene().number("select coalesce(sum(epoch - 1), 0) from job_run"));
        }

        kills.restore();
        assertThat(restarts).as("most instants lie inside the run").contains(1L);
        Log.info("kills.done", "job", job, "messages", messages, "restarts", restarts);
    }

    /** Until the message comes that does not arrive; an erasure takes several runs until then. */
    private static void reach(String job, UUID first) throws Exception {
        var run = first;
        var database = kills.scene().database();
        while (!database.awaitHang(Duration.ofMillis(200))) {
            if (job.equals("gdpr-purge") && kills.scene().ended(run) && !kills.purged()) {
                run = kills.ask(job);
            }
        }
    }

    private static void compare(int seed, List<String> expected) throws SQLException {
        try {
            KillScene.compare(expected, kills.state());
        } catch (AssertionError differs) {
            throw new AssertionError("seed " + seed + ": " + differs.getMessage(), differs);
        }
    }

    private static UUID unended(String job, UUID run) throws SQLException {
        List<String> open = kills.scene().unended(job);
        return open.isEmpty() ? run : UUID.fromString(open.getFirst());
    }
}
