package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.CatalogueInvariants;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.util.UUID;

/** Three real nodes on one database, of which two die one after the other. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ThreeNodesHeavyIT {

    private static final int FIRINGS = 20;

    private static JobsScene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = JobsScene.open("three", 3);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    @Order(1)
    void three_nodes_fire_once_for_each_instant() throws Exception {
        Wait.until(
                FIRINGS + " firings have ended",
                JobsScene.PATIENCE.multipliedBy(3),
                () ->
                        scene.number(
                                        "select count(*) from job_run where job = 'object-reaper' and"
                                                + " state in ('completed', 'skipped')")
                                >= FIRINGS);

        assertThat(
                        scene.number(
                                "select count(*) - count(distinct (job, scheduled_at)) from job_run"
                                        + " where scheduled_at is not null"))
                .isZero();
        assertThat(
                        scene.number(
                                """
                                select count(*) from batch.jobinstance i
                                 where i.createtime < localtimestamp - interval '5 seconds' and not exists (
                                       select 1 from batch.jobexecution e join job_run r on r.execution_id = e.jobexecid
                                        where e.fk_jobinstanceid = i.jobinstanceid)
                                """))
                .isZero();
    }

    @Test
    @Order(2)
    void a_run_outlives_two_nodes_and_does_each_item_once() throws Exception {
        scene.quiet();
        var dead = scene.deadUploads(4);
        UUID run;
        try (var second = scene.instance().connect();
                var third = scene.instance().connect()) {
            JobsScene.lockSystemOf(second, dead.get(1));
            JobsScene.lockSystemOf(third, dead.get(2));
            run = scene.ask("pending-sweep");
            scene.awaitDone(run, 1);
            scene.holder(run).kill();
            second.rollback();
            scene.awaitDone(run, 2);
            scene.holder(run).kill();
            third.rollback();
        }

        scene.awaitState(run, "completed");

        assertThat(scene.number("select epoch from job_run where id = '" + run + "'")).isEqualTo(3);
        assertThat(scene.number("select sum(done) from job_progress where run_id = '" + run + "'"))
                .isEqualTo(4);
        assertThat(
                        scene.number(
                                "select count(*) from audit_entry where action ="
                                        + " 'backup.abandon'"))
                .isEqualTo(4);
        CatalogueInvariants.check(scene.instance());
    }
}
