package coffer.job;

import coffer.platform.Log;
import coffer.platform.NodeIdentity;
import coffer.platform.NodeSettings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What this node does about the runs that have not ended, at every look: begins those that wait,
 * follows its own, and takes over those of a dead node.
 */
@ApplicationScoped
public class Runner {

    /** A run that this process has begun. */
    private record Own(OpenRun run, int epoch, long executionId) {}

    private final Map<UUID, Own> own = new HashMap<>();
    private final RunLedger ledger;
    private final RunDesk desk;
    private final Batch batch;
    private final NodeIdentity identity;
    private final NodeSettings node;
    private final Silence silence;

    @Inject
    Runner(
            RunLedger ledger,
            RunDesk desk,
            Batch batch,
            NodeIdentity identity,
            NodeSettings node,
            JobSettings settings) {
        this.ledger = ledger;
        this.desk = desk;
        this.batch = batch;
        this.identity = identity;
        this.node = node;
        this.silence = new Silence(settings.silence(), System::nanoTime);
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Runner() {
        this.ledger = null;
        this.desk = null;
        this.batch = null;
        this.identity = null;
        this.node = null;
        this.silence = null;
    }

    /** One look. */
    synchronized void look() {
        var open = ledger.open();
        dropLost(open);
        for (var run : open) {
            if (run.waiting()) {
                if (run.due() && able(run.job()) && ledger.claim(run, identity.name())) {
                    begin(run, run.epoch() + 1);
                }
            } else if (!identity.name().equals(run.node())) {
                var holder = String.valueOf(run.node());
                if (silence.tooLong(holder, run.seenAt())) {
                    desk.rescue(run, holder);
                }
            } else if (own.containsKey(run.id())) {
                follow(run);
            } else {
                desk.rescue(run, identity.name()); // of an earlier process of this name
            }
        }
    }

    private boolean able(String job) {
        return JobDescription.exists(job)
                && JobDescription.of(job).roles().stream().allMatch(node::has);
    }

    private void begin(OpenRun run, int epoch) {
        try {
            var executionId = batch.begin(run, epoch);
            own.put(run.id(), new Own(run, epoch, executionId));
            ledger.began(run.id(), identity.name(), epoch, executionId);
            Log.info(
                    "job.began", "job", run.job(), "run_id", run.id(), "execution_id", executionId);
        } catch (RuntimeException refused) {
            Log.error("job.not_begun", refused, "job", run.job(), "run_id", run.id());
            desk.end(run, identity.name(), epoch, OpenRun.FAILED, "NOT BEGUN");
        }
    }

    private void follow(OpenRun run) {
        var mine = own.get(run.id());
        if (mine == null) {
            return;
        }
        var standing = batch.standing(mine.executionId());
        if (!standing.underWay()) {
            desk.end(run, identity.name(), mine.epoch(), standing.state(), standing.exitStatus());
            own.remove(run.id());
        } else if (run.stopping() && !standing.state().equals(OpenRun.STOPPING)) {
            batch.stop(mine.executionId());
        }
    }

    /** This node was silent for so long that others took its runs: its own threads end. */
    private void dropLost(List<OpenRun> open) {
        var byId = open.stream().collect(Collectors.toMap(OpenRun::id, Function.identity()));
        own.values()
                .removeIf(mine -> {
                    var row = byId.get(mine.run().id());
                    var lost =
                            row == null
                                    || row.epoch() != mine.epoch()
                                    || !identity.name().equals(row.node());
                    if (lost && batch.standing(mine.executionId()).underWay()) {
                        Log.warn("job.lost", "job", mine.run().job(), "run_id", mine.run().id());
                        batch.stop(mine.executionId());
                    }
                    return lost;
                });
    }
}
