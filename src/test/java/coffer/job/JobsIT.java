package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.CatalogueInvariants;
import coffer.launch.Node;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Two nodes, a job every two seconds; one of them dies at the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JobsIT {

    private static JobsScene scene;

    @BeforeAll
    static void start() throws Exception {
        scene = JobsScene.open("jobs", 2);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @Test
    @Order(1)
    void a_firing_is_won_by_one_node_and_ends_completed() throws Exception {
        Wait.until(
                "four firings have run",
                JobsScene.PATIENCE,
                () ->
                        scene.number(
                                        """
                                        select count(distinct r.scheduled_at) from job_run r
                                        join batch.jobexecution e on e.jobexecid = r.execution_id
                                        where r.job = 'pending-sweep' and r.state = 'completed' and e.exitstatus = 'COMPLETED'
                                        """)
                                >= 4);

        Wait.until(
                "there is one execution a run, and none that no run knows",
                JobsScene.PATIENCE,
                () ->
                        scene.number(
                                        """
                                        select count(*) from batch.jobinstance i
                                        where i.jobname = 'pending-sweep' and i.createtime < localtimestamp - interval '5 seconds'
                                        and not exists (
                                            select 1 from batch.jobexecution e join job_run r on r.execution_id = e.jobexecid
                                            where e.fk_jobinstanceid = i.jobinstanceid)
                                        """)
                                == 0);
    }

    @Test
    @Order(2)
    void a_job_that_runs_elsewhere_is_not_begun_and_its_firings_are_skipped() throws Exception {
        Wait.until(
                "a run of nobody else's is under way",
                JobsScene.PATIENCE,
                () ->
                        scene.update(
                                        """
                                        insert into job_run (id, job, not_before, requested_at, requested_by, exclusive_key, state, node, started_at)
                                        select gen_random_uuid(), 'object-reaper', coffer_now(), coffer_now(), 'test', 'object-reaper', 'running',
                                               'elsewhere', coffer_now()
                                         where not exists (select from job_run where job = 'object-reaper'
                                                              and state in ('waiting', 'running', 'stopping'))
                                        """)
                                == 1);
        Wait.until(
                "firings were skipped, and the silent node's run was taken over",
                JobsScene.PATIENCE,
                () ->
                        scene.number(
                                                """
                                                select count(*) from job_run r, job_run o
                                                 where o.requested_by = 'test' and r.job = o.job and r.state = 'skipped'
                                                   and r.requested_at >= o.requested_at
                                                """)
                                        >= 1
                                && scene.number(
                                                "select count(*) from job_run where requested_by ="
                                                        + " 'test' and state = 'completed' and node <>"
                                                        + " 'elsewhere'")
                                        == 1);

        var overlapping =
                scene.number(
                        """
                        select count(*) from job_run r, job_run o
                         where o.requested_by = 'test' and r.job = o.job and r.id <> o.id
                           and r.started_at > o.started_at and r.started_at < o.ended_at
                        """);

        assertThat(overlapping).isZero();
    }

    @Test
    @Order(3)
    void the_desk_is_closed_to_whoever_has_not_signed_in() throws Exception {
        for (var path :
                List.of("/api/jobs", "/api/jobs/object-reaper/runs", "/collect/api/jobs/")) {
            assertThat(scene.status(path)).as(path).isEqualTo(401);
        }
    }

    /**
     * It holds its run's row in the middle of a chunk, and would for ever; the other node has the
     * database end that, and goes on.
     */
    @ParameterizedTest
    @EnumSource(Fate.class)
    @Order(8)
    void a_node_that_stands_still_in_a_chunk_loses_its_run_and_writes_nothing_when_it_wakes(
            Fate fate) throws Exception {
        scene.quiet();
        var abandoned = abandoned();
        var dead = scene.deadUploads(3);
        UUID run;
        Node still;
        long broken;
        try (var blocker = scene.instance().connect()) {
            JobsScene.lockSystemOf(blocker, dead.get(1));
            run = scene.ask("pending-sweep");
            scene.awaitDone(run, 1);
            still = scene.holder(run);
            scene.instance().awaitBlockedBy(blocker, JobsScene.PATIENCE);
            broken = broken(still);
            fate.befall(still);
            Wait.until(
                    "the run has another node",
                    JobsScene.PATIENCE,
                    () -> epoch(run) == 2 && !scene.holder(run).equals(still));
            blocker.rollback();
        }
        scene.awaitState(run, "completed");
        var states = executions(run);

        fate.endFor(still);
        Wait.until(
                "the node is awake, and its chunk has failed",
                JobsScene.PATIENCE,
                () -> still.status("/health/ready") == 200 && broken(still) > broken);

        assertThat(epoch(run)).isEqualTo(2);
        assertThat(scene.number("select sum(done) from job_progress where run_id = '" + run + "'"))
                .isEqualTo(3);
        assertThat(abandoned() - abandoned).isEqualTo(3);
        assertThat(executions(run)).isEqualTo(states);
        CatalogueInvariants.check(scene.instance());
    }

    private enum Fate {
        FROZEN {
            @Override
            void befall(Node node) {
                node.freeze();
            }

            @Override
            void endFor(Node node) {
                node.thaw();
            }
        },
        CUT_OFF {
            @Override
            void befall(Node node) {
                scene.cable(node).hang();
            }

            @Override
            void endFor(Node node) {
                scene.cable(node).resume();
            }
        };

        abstract void befall(Node node);

        abstract void endFor(Node node);
    }

    @Test
    @Order(9)
    void a_run_whose_node_is_killed_in_the_middle_goes_on_elsewhere_from_its_checkpoint()
            throws Exception {
        scene.quiet();
        var abandoned = abandoned();
        var dead = scene.deadUploads(3);
        UUID run;
        Node killed;
        try (var blocker = scene.instance().connect()) {
            JobsScene.lockSystemOf(blocker, dead.get(1));
            run = scene.ask("pending-sweep");
            scene.awaitDone(run, 1);
            killed = scene.holder(run);
            scene.instance().awaitBlockedBy(blocker, JobsScene.PATIENCE);

            killed.kill();
            blocker.rollback();
        }

        scene.awaitState(run, "completed");
        assertThat(scene.holder(run)).isNotEqualTo(killed);
        assertThat(epoch(run)).isEqualTo(2);
        assertThat(scene.number("select sum(done) from job_progress where run_id = '" + run + "'"))
                .isEqualTo(3);
        assertThat(scene.number("select count(*) from backup where state = 'PENDING'")).isZero();
        assertThat(abandoned() - abandoned).isEqualTo(3);
        assertThat(
                        scene.number(
                                "select count(*) from audit_entry where action = 'job.rescued' and"
                                        + " subject = 'job-run:"
                                        + run
                                        + "'"))
                .isEqualTo(1);
        CatalogueInvariants.check(scene.instance());
    }

    /** How often a connection of this node has been found ended. */
    private static long broken(Node node) {
        return node.log().lines().filter(line -> line.contains("J2CA0056I")).count();
    }

    private static long epoch(UUID run) throws SQLException {
        return scene.number("select epoch from job_run where id = '" + run + "'");
    }

    private static long abandoned() throws SQLException {
        return scene.number("select count(*) from audit_entry where action = 'backup.abandon'");
    }

    /** How Liberty's own rows of a run stand. */
    private static String executions(UUID run) throws SQLException {
        return scene.text(
                """
                select string_agg(concat_ws(' ', e.jobexecid, e.batchstatus, i.batchstatus, i.instancestate), ', ' order by e.jobexecid)
                  from batch.jobparameter p join batch.jobexecution e on e.jobexecid = p.fk_jobexecid
                  join batch.jobinstance i on i.jobinstanceid = e.fk_jobinstanceid
                 where p.name = 'run' and p.value = '%s'
                """
                        .formatted(run));
    }
}
