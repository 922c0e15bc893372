package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;
import java.time.Duration;

/** Two nodes, a job every two seconds. */
class JobsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static Instance instance;
    private static Node first;
    private static Node second;

    @BeforeAll
    static void start() {
        instance = Parts.shared().instance("jobs");
        first = node("first");
        second = node("second");
        first.start();
        second.start();
        first.awaitReady(Duration.ofSeconds(150));
        second.awaitReady(Duration.ofSeconds(150));
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void a_firing_is_won_by_one_node_and_ends_completed() throws Exception {
        Wait.until(
                "four firings have run",
                PATIENCE,
                () ->
                        number(
                                        """
                                        select count(distinct f.scheduled_at) from job_firing f
                                        join batch.jobexecution e on e.jobexecid = f.execution_id
                                        where f.job = 'pending-sweep' and e.exitstatus = 'COMPLETED'
                                        """)
                                >= 4);

        // One execution per firing that has one, and none that no firing knows.
        assertThat(
                        number(
                                """
                                select count(*) from batch.jobinstance i
                                where i.jobname = 'pending-sweep'
                                and not exists (
                                    select 1 from batch.jobexecution e
                                    join job_firing f on f.execution_id = e.jobexecid
                                    where e.fk_jobinstanceid = i.jobinstanceid)
                                and i.createtime < localtimestamp - interval '5 seconds'
                                """))
                .isZero();
    }

    @Test
    void a_dead_nodes_lock_holds_the_job_until_its_lease_ends_and_no_longer() throws Exception {
        Wait.until(
                "the lock could be taken",
                PATIENCE,
                () ->
                        update(
                                        """
                                        insert into job_lock (job, node, firing_at, lease_until)
                                        values ('object-reaper', 'dead', coffer_now(), coffer_now() + interval '6 seconds')
                                        on conflict (job) do nothing
                                        """)
                                == 1);
        var before =
                number(
                        "select coalesce(max(execution_id), 0) from job_firing where job ="
                                + " 'object-reaper'");

        Wait.until(
                "firings were won",
                PATIENCE,
                () ->
                        number(
                                        """
                                        select count(*) from job_firing f, job_lock l where f.job = 'object-reaper'
                                        and l.job = f.job and l.node = 'dead' and f.scheduled_at > l.firing_at
                                        """)
                                >= 1);
        var during =
                number(
                        """
                        select count(*) from job_firing f, job_lock l where f.job = 'object-reaper' and l.job = f.job
                        and l.node = 'dead' and l.lease_until > coffer_now()
                        and f.scheduled_at > l.firing_at and f.execution_id is not null
                        """);

        assertThat(during).isZero();
        Wait.until(
                "the job runs again",
                PATIENCE,
                () ->
                        number(
                                        "select coalesce(max(execution_id), 0) from job_firing"
                                                + " where job = 'object-reaper'")
                                > before);
    }

    private static Node node(String name) {
        return Node.on(instance, name)
                .with("coffer.job.pending-sweep.schedule", "*/2 * * * * *")
                .with("coffer.job.object-reaper.schedule", "*/2 * * * * *");
    }

    private static long number(String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static int update(String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
