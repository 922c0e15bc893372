package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.CatalogueInvariants;
import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.Seed;
import coffer.launch.Wait;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Two nodes, a job every two seconds; one of them dies at the end. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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
    @Order(1)
    void a_firing_is_won_by_one_node_and_ends_completed() throws Exception {
        Wait.until(
                "four firings have run",
                PATIENCE,
                () ->
                        number(
                                        """
                                        select count(distinct r.scheduled_at) from job_run r
                                        join batch.jobexecution e on e.jobexecid = r.execution_id
                                        where r.job = 'pending-sweep' and r.state = 'completed' and e.exitstatus = 'COMPLETED'
                                        """)
                                >= 4);

        // One execution a run, and none that no run knows.
        assertThat(
                        number(
                                """
                                select count(*) from batch.jobinstance i
                                where i.jobname = 'pending-sweep' and i.createtime < localtimestamp - interval '5 seconds'
                                and not exists (
                                    select 1 from batch.jobexecution e join job_run r on r.execution_id = e.jobexecid
                                    where e.fk_jobinstanceid = i.jobinstanceid)
                                """))
                .isZero();
    }

    @Test
    @Order(2)
    void a_job_that_runs_elsewhere_is_not_begun_and_its_firings_are_skipped() throws Exception {
        Wait.until(
                "a run of nobody else's is under way",
                PATIENCE,
                () ->
                        update(
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
                PATIENCE,
                () ->
                        number(
                                                """
                                                select count(*) from job_run r, job_run o
                                                 where o.requested_by = 'test' and r.job = o.job and r.state = 'skipped'
                                                   and r.requested_at >= o.requested_at
                                                """)
                                        >= 1
                                && number(
                                                "select count(*) from job_run where requested_by ="
                                                        + " 'test' and state = 'completed' and node <>"
                                                        + " 'elsewhere'")
                                        == 1);

        var overlapping =
                number(
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
            assertThat(status(path)).as(path).isEqualTo(401);
        }
    }

    @Test
    @Order(9)
    void a_run_whose_node_is_killed_in_the_middle_goes_on_elsewhere_from_its_checkpoint()
            throws Exception {
        update("update job_schedule set last_at = coffer_now() + interval '1 hour'");
        Wait.until(
                "nothing runs",
                PATIENCE,
                () ->
                        number(
                                        "select count(*) from job_run where state in ('waiting',"
                                                + " 'running', 'stopping')")
                                == 0);
        var dead = deadUploads(3);
        UUID run;
        Node killed;
        try (var blocker = instance.connect()) {
            lockSystemOf(blocker, dead.get(1));
            run = ask("pending-sweep");
            Wait.until(
                    "the first chunk is committed",
                    PATIENCE,
                    () ->
                            number(
                                            "select coalesce(sum(done), 0) from job_progress where"
                                                    + " run_id = '"
                                                    + run
                                                    + "'")
                                    == 1);
            killed =
                    text("select node from job_run where id = '" + run + "'").equals("first")
                            ? first
                            : second;

            killed.kill();
            blocker.rollback();
        }

        Wait.until(
                "another node has ended the run",
                PATIENCE,
                () ->
                        number(
                                        "select count(*) from job_run where id = '"
                                                + run
                                                + "' and state = 'completed'")
                                == 1);
        assertThat(text("select node from job_run where id = '" + run + "'"))
                .isNotEqualTo(killed.name());
        assertThat(number("select epoch from job_run where id = '" + run + "'")).isEqualTo(2);
        assertThat(number("select sum(done) from job_progress where run_id = '" + run + "'"))
                .isEqualTo(3);
        assertThat(number("select count(*) from backup where state = 'PENDING'")).isZero();
        assertThat(number("select count(*) from audit_entry where action = 'backup.abandon'"))
                .isEqualTo(3);
        assertThat(
                        number(
                                "select count(*) from audit_entry where action = 'job.rescued' and"
                                        + " subject = 'job-run:"
                                        + run
                                        + "'"))
                .isEqualTo(1);
        CatalogueInvariants.check(instance);
    }

    /** As a person's order; the desk's own way in is tested where people can sign in. */
    private static UUID ask(String job) throws SQLException {
        var id = UUID.randomUUID();
        update(
                """
                insert into job_run (id, job, not_before, requested_at, requested_by, exclusive_key, state)
                values ('%s', '%s', coffer_now(), coffer_now(), 'test', '%s', 'waiting')
                """
                        .formatted(id, job, job));
        return id;
    }

    /** Uploads whose node died long ago, each of a system of its own, in the order of their ids. */
    private static List<UUID> deadUploads(int count) throws SQLException {
        var ids = new ArrayList<UUID>();
        try (var connection = instance.connect()) {
            var seed = new Seed(connection, "k1", instance.settings().get("coffer.keys.pepper.k1"));
            var owner = seed.owner("Owner");
            for (var i = 0; i < count; i++) {
                var system = seed.appliance(owner, true);
                var backup = new UUID(i + 1, 0x8000_0000_0000_0000L);
                ids.add(backup);
                execute(
                        connection,
                        """
                        insert into appliance_usage (appliance_id) values ('%2$s') on conflict do nothing;
                        insert into backup (id, subject_kind, subject_id, organization_id, kind, state, filename, extension, mimetype,
                                            size_bytes, initiated_by, created_at)
                        values ('%1$s', 'appliance', '%2$s', '%3$s', 'configuration', 'PENDING', 'a.bin', '.bin',
                                'application/octet-stream', 10, 'system:%2$s', coffer_now() - interval '1 day');
                        insert into reservation (backup_id, appliance_id, destination, address, size_bytes, charged_bytes, node,
                                                 lease_until, created_at)
                        values ('%1$s', '%2$s', 'primary', (select id from installation) || '/systems/%2$s/%1$s', 10, 0, 'gone',
                                coffer_now() - interval '1 day', coffer_now() - interval '1 day');
                        """
                                .formatted(backup, system.id(), owner));
            }
        }
        return ids;
    }

    private static void lockSystemOf(Connection connection, UUID backup) throws SQLException {
        connection.setAutoCommit(false);
        execute(
                connection,
                "select from appliance_usage where appliance_id = (select subject_id from backup"
                        + " where id = '"
                        + backup
                        + "') for update");
    }

    private static Node node(String name) {
        return Node.on(instance, name)
                .with("coffer.job.silence", "5s")
                .with("coffer.intake.sweep-grace", "1s")
                .with("coffer.job.pending-sweep.schedule", "*/2 * * * * *")
                .with("coffer.job.object-reaper.schedule", "*/2 * * * * *");
    }

    private static int status(String path) throws IOException {
        var connection = (HttpURLConnection) first.uri(path).toURL().openConnection();
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
    }

    private static String text(String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static int update(String sql) throws SQLException {
        try (var connection = instance.connect();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }
}
