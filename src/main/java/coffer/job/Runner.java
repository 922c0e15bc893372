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

    /** What an outage of the database leaves us to find out of a run. */
    private enum Doubt {
        NONE,
        /** The database was away: its thread may have ended without a trace. */
        SHAKEN,
        /** It has been told to stop; when it has, it goes on from its checkpoint. */
        STOPPED
    }

    /** A run that this process has begun. */
    private record Own(OpenRun run, int epoch, long executionId, Doubt doubt) {
        Own with(Doubt other) {
            return new Own(run, epoch, executionId, other);
        }
    }

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
        try {
            lookAt(ledger.open());
        } catch (RuntimeException databaseAway) {
            own.replaceAll((id, mine) -> mine.with(Doubt.SHAKEN));
            throw databaseAway;
        }
    }

    private void lookAt(List<OpenRun> open) {
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
            own.put(run.id(), new Own(run, epoch, executionId, Doubt.NONE));
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
        if (mine.doubt() != Doubt.NONE && !standing.state().equals(OpenRun.COMPLETED)) {
            settle(run, mine, standing.underWay());
        } else if (!standing.underWay()) {
            desk.end(run, identity.name(), mine.epoch(), standing.state(), standing.exitStatus());
            own.remove(run.id());
        } else if (run.stopping() && !standing.state().equals(OpenRun.STOPPING)) {
            batch.stop(mine.executionId());
        }
    }

    /**
     * After an outage. What failed in it goes on from its checkpoint; so does what no thread runs
     * any more although its row says so. Only stopping it tells the one from the other.
     */
    private void settle(OpenRun run, Own mine, boolean underWay) {
        if (underWay && mine.doubt() == Doubt.SHAKEN && batch.stop(mine.executionId())) {
            own.put(run.id(), mine.with(Doubt.STOPPED));
        } else if (!underWay || mine.doubt() == Doubt.SHAKEN) {
            own.remove(run.id());
            desk.rescue(run, identity.name());
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
