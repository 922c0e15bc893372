package coffer.job;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.PersonClient;
import coffer.launch.Wait;
import coffer.people.PeopleServer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.UUID;

/** The batch desk as the owner's super-admin has it, and nobody else. */
class JobsApiIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static PeopleServer server;
    private static PersonClient admin;

    @BeforeAll
    static void sign_in() {
        server = PeopleServer.shared();
        admin = server.person(server.owner(), "super-admin");
    }

    @Test
    void every_job_is_listed_with_its_schedule_and_parameters() {
        var answer = admin.get("/api/jobs");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.message()).isEqualTo("jobs listed");
        assertThat(answer.body())
                .contains(
                        "catalogue-reconcile",
                        "integrity-scrub",
                        "object-reaper",
                        "pending-sweep",
                        "retention-audit")
                .contains(
                        "\"schedule\":\"" + PeopleServer.SCHEDULE + "\"",
                        "\"zone\":\"UTC\"",
                        "\"next_at\":\"")
                .contains("\"total_count\":");
    }

    @Test
    void whoever_is_not_the_owners_super_admin_is_refused() {
        var admins = server.person(server.owner(), "admin");
        var foreign = server.person(server.organization("customer", server.owner()), "super-admin");

        for (var person : new PersonClient[] {admins, foreign}) {
            assertThat(person.get("/api/jobs").status()).isEqualTo(403);
            assertThat(person.get("/api/jobs").message()).isEqualTo("insufficient permissions");
            assertThat(person.post("/api/jobs/object-reaper/runs", "{}").status()).isEqualTo(403);
        }
    }

    @Test
    void a_run_is_asked_for_and_followed_to_its_end() {
        var asked =
                admin.post(
                        "/api/jobs/integrity-scrub/runs",
                        "{\"parameters\": {\"budget\": \"1MiB\"}}");

        assertThat(asked.status()).as(asked.body()).isEqualTo(202);
        assertThat(asked.message()).isEqualTo("job run requested");
        var id = asked.text("data", "id");
        awaitState(id, "completed");
        var run = admin.get("/api/jobs/runs/" + id);
        assertThat(run.text("data", "parameters", "budget")).isEqualTo("1MiB");
        assertThat(run.text("data", "requested_by")).startsWith("user:");
        assertThat(run.text("data", "node")).isEqualTo("people");
        assertThat(admin.get("/api/jobs/integrity-scrub/runs").body()).contains(id);
        assertThat(
                        server.text(
                                "select count(*) from audit_entry where action = 'job.requested'"
                                        + " and subject = 'job-run:"
                                        + id
                                        + "'"))
                .isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/jobs/integrity-scrub/runs, '{\"parameters\": {\"budget\": \"much\"}}', 400,"
                + " validation failed",
        "/api/jobs/integrity-scrub/runs, '{\"parameters\": {\"speed\": \"high\"}}', 400, validation"
                + " failed",
        "/api/jobs/no-such-job/runs, '{}', 404, job not found",
        "/api/jobs/runs/01900000-0000-7000-8000-000000000000/stop, '{}', 404, job run not found",
        "/api/jobs/runs/01900000-0000-7000-8000-000000000000/restart, '{}', 404, job run not found"
    })
    void what_makes_no_sense_is_refused(String path, String body, int status, String message) {
        var answer = admin.post(path, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.message()).isEqualTo(message);
    }

    @Test
    void a_waiting_run_stands_in_the_way_is_stopped_and_goes_on() {
        var waiting = insert("catalogue-reconcile", "waiting", "coffer_now() + interval '1 hour'");

        var second = admin.post("/api/jobs/catalogue-reconcile/runs", "{}");
        var stopped = admin.post("/api/jobs/runs/" + waiting + "/stop", "{}");
        var again = admin.post("/api/jobs/runs/" + waiting + "/stop", "{}");
        var restarted = admin.post("/api/jobs/runs/" + waiting + "/restart", "{}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.message()).isEqualTo("job is already running");
        assertThat(second.text("data", "run_id")).isEqualTo(waiting.toString());
        assertThat(stopped.status()).isEqualTo(202);
        assertThat(stopped.text("data", "state")).isEqualTo("stopped");
        assertThat(again.message()).isEqualTo("job run has ended");
        assertThat(restarted.status()).isEqualTo(202);
        awaitState(waiting.toString(), "completed");
        var completed = admin.post("/api/jobs/runs/" + waiting + "/restart", "{}");
        assertThat(completed.status()).isEqualTo(409);
        assertThat(completed.message()).isEqualTo("job run cannot be restarted");
    }

    @Test
    void an_audit_reports_to_those_who_see_the_organization() {
        var customer = server.organization("customer", server.owner());
        var other = server.organization("customer", server.owner());
        var asked =
                admin.post(
                        "/api/jobs/retention-audit/runs",
                        "{\"parameters\": {\"mode\": \"preview\"}}");
        awaitState(asked.text("data", "id"), "completed");
        var reader = server.person(customer, "reader");

        var own = reader.get("/api/retention/organizations/" + customer + "/reports");
        var foreign = reader.get("/api/retention/organizations/" + other + "/reports");
        var none = reader.get("/api/retention/organizations/" + UUID.randomUUID() + "/reports");
        var findings = admin.get("/api/retention/runs/" + asked.text("data", "id") + "/findings");

        assertThat(own.status()).as(own.body()).isEqualTo(200);
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.message()).isEqualTo("access denied to organization");
        assertThat(none.status()).isEqualTo(404);
        assertThat(findings.status()).as(findings.body()).isEqualTo(200);
    }

    private static UUID insert(String job, String state, String notBefore) {
        var id = UUID.randomUUID();
        server.sql(
                """
                insert into job_run (id, job, not_before, requested_at, requested_by, parameters, exclusive_key, state)
                values ('%s', '%s', %s, coffer_now(), 'test', '{"remove": "known"}', '%s', '%s')
                """
                        .formatted(id, job, notBefore, job, state));
        return id;
    }

    private static void awaitState(String run, String state) {
        Wait.until(
                "the run is " + state,
                PATIENCE,
                () -> admin.get("/api/jobs/runs/" + run).text("data", "state").equals(state));
    }
}
