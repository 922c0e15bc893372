package coffer.job;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** The short transactions in which a run ends, or is taken from a node that died. */
@ApplicationScoped
public class RunDesk {

    private static final int MOST_EPOCHS = 10;
    private static final Caller DESK = new Caller.Machine("batch-desk");

    private final RunLedger runs;
    private final BatchLedger executions;
    private final Batch batch;
    private final ProgressLedger holds;
    private final Alerts alerts;
    private final AuditTrail trail;

    @Inject
    RunDesk(
            RunLedger runs,
            BatchLedger executions,
            Batch batch,
            ProgressLedger holds,
            Alerts alerts,
            AuditTrail trail) {
        this.runs = runs;
        this.executions = executions;
        this.batch = batch;
        this.holds = holds;
        this.alerts = alerts;
        this.trail = trail;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RunDesk() {
        this(null, null, null, null, null, null);
    }

    /** Notes how a run of {@code node} ended. */
    @Transactional
    void end(OpenRun run, String node, int epoch, String state, @Nullable String exitStatus) {
        if (!runs.end(run.id(), node, epoch, state, exitStatus)) {
            return; // another node has it
        }
        var subject = "job:" + run.job();
        if (state.equals(OpenRun.FAILED)) {
            alerts.open(
                    AlertKind.JOB_FAILED,
                    subject,
                    Map.of(
                            "run_id",
                            run.id().toString(),
                            "exit_status",
                            String.valueOf(exitStatus)));
            Log.warn("job.ended", "job", run.job(), "run_id", run.id(), "state", state);
        } else if (state.equals(OpenRun.COMPLETED)) {
            alerts.resolve(AlertKind.JOB_FAILED, subject);
        }
    }

    /**
     * Takes a run from its dead node: what Liberty left as running becomes failed, and the run
     * waits for whoever is able. Nothing happens if another node was first. A chunk that the node
     * still holds open, frozen or cut off, is ended by the database; the next look takes the run.
     */
    @Transactional
    void rescue(OpenRun run, String node) {
        if (!runs.take(run.id(), node, run.epoch())) {
            var ended = holds.fence(run.id(), node, run.epoch());
            if (ended > 0) {
                Log.warn(
                        "job.fenced",
                        "job",
                        run.job(),
                        "run_id",
                        run.id(),
                        "node",
                        node,
                        "sessions",
                        ended);
            }
            return;
        }
        var latest = executions.latest(run.id());
        if (latest.isPresent()) {
            var standing = batch.standing(latest.getAsLong());
            if (standing.state().equals(OpenRun.COMPLETED)) {
                end(run, node, run.epoch(), OpenRun.COMPLETED, standing.exitStatus());
                return;
            }
            executions.fail(latest.getAsLong());
        }
        if (run.stopping()) {
            end(run, node, run.epoch(), OpenRun.STOPPED, "STOPPED");
        } else if (run.epoch() >= MOST_EPOCHS) {
            end(run, node, run.epoch(), OpenRun.FAILED, "ITS NODES DIED");
        } else {
            runs.putBack(run.id(), latest.isPresent() ? (Long) latest.getAsLong() : null);
        }
        trail.record(
                DESK,
                "job.rescued",
                "job-run:" + run.id(),
                "done",
                Map.of("job", run.job(), "node", node, "epoch", run.epoch()));
        Log.warn("job.rescued", "job", run.job(), "run_id", run.id(), "node", node);
    }
}
