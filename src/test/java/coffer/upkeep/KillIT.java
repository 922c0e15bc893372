package coffer.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.FaultProxy.Fault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * SIGKILL in the middle of each job, several at a time that do not meet, at a place that a seed has
 * chosen. Another node ends them, and all is as after a run that nobody disturbed.
 */
class KillIT {

    private static final Random SEED = new Random(5);

    @TempDir private static Path folder;
    private static KillScene kills;

    @BeforeAll
    static void open() throws Exception {
        kills = KillScene.open("kills", folder, true);
    }

    @BeforeEach
    void begin_anew() throws SQLException {
        kills.scene().store().pass();
        kills.restore();
    }

    @AfterAll
    static void close() {
        kills.close();
    }

    @Test
    void sweep_scrub_reaper_and_erasure_end_as_if_nothing_had_been() throws Exception {
        var expected =
                undisturbed(
                        List.of("pending-sweep", "integrity-scrub", "gdpr-purge", "object-reaper"));
        var store = kills.scene().store();

        try (var blocker = kills.scene().instance().connect()) {
            KillScene.block(blocker, kills.system(SEED.nextInt(KillScene.SYSTEMS)));
            kills.scene()
                    .stallAfter(
                            SEED.nextBoolean() ? Fault.HANG_BEFORE : Fault.HANG_AFTER,
                            Map.of("GetObject", 1 + SEED.nextInt(18), "DeleteObjects", 0));
            var reaper = kills.ask("object-reaper");
            assertThat(store.awaitHanging(1, Scene.PATIENCE)).isTrue();
            var purge = kills.ask("gdpr-purge");
            assertThat(store.awaitHanging(2, Scene.PATIENCE)).isTrue();
            var scrub = kills.ask("integrity-scrub");
            assertThat(store.awaitHanging(3, Scene.PATIENCE)).isTrue();
            var sweep = kills.ask("pending-sweep");
            kills.awaitBlocked(blocker);
            kills.killAndGoOn();
            blocker.rollback();
            kills.scene().awaitCompleted(reaper, scrub, sweep);
            kills.finish("gdpr-purge", purge);
        }

        // What the sweep gave up after the reaper had looked.
        kills.finish("object-reaper", kills.ask("object-reaper"));
        check(expected, 4);
    }

    @Test
    void the_reconciliation_and_the_audit_end_as_if_nothing_had_been() throws Exception {
        var jobs = List.of("catalogue-reconcile", "retention-audit");
        var expected = undisturbed(jobs);

        try (var blocker = kills.scene().instance().connect()) {
            KillScene.block(blocker, kills.system(SEED.nextInt(KillScene.SYSTEMS)));
            kills.scene()
                    .stallAfter(
                            SEED.nextBoolean() ? Fault.HANG_BEFORE : Fault.HANG_AFTER,
                            Map.of("DeleteObjects", 0));
            var reconcile = kills.ask("catalogue-reconcile");
            var audit = kills.ask("retention-audit");
            kills.awaitBlocked(blocker);
            assertThat(kills.scene().store().awaitHanging(1, Scene.PATIENCE)).isTrue();
            kills.killAndGoOn();
            blocker.rollback();
            kills.scene().awaitCompleted(reconcile, audit);
        }

        check(expected, 2);
    }

    private static List<String> undisturbed(List<String> jobs) throws SQLException {
        for (var job : jobs) {
            kills.finish(job, kills.ask(job));
        }
        var state = kills.state();
        kills.restore();
        assertThat(kills.state()).isNotEqualTo(state);
        return state;
    }

    /** As many runs as were killed have been begun twice. */
    private static void check(List<String> expected, int killed) throws SQLException {
        KillScene.compare(expected, kills.state());
        assertThat(kills.scene().number("select count(*) from job_run where epoch = 2"))
                .isEqualTo(killed);
    }
}
