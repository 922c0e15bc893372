package coffer.erasure.steps;

import coffer.erasure.Replay;
import coffer.job.Progress;
import coffer.job.Ticket;
import coffer.platform.Log;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Reads the erasure log of every destination. An operator orders it after a restore of the
 * database; a destination that cannot be read fails the run, and it can be ordered again.
 */
@Named("replayStep")
@Dependent
class ReplayStep extends AbstractBatchlet {

    private final Replay replay;
    private final Ticket ticket;
    private volatile boolean stopped;

    @Inject
    ReplayStep(
            Replay replay,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at) {
        this.ticket = Ticket.of(progress, run, epoch, at, "replay");
        this.replay = replay;
    }

    @Override
    public String process() {
        var again = 0;
        for (var destination : replay.destinations()) {
            for (var id : replay.entries(destination)) {
                ticket.hold();
                if (!stopped
                        && replay.unknown(id)
                        && replay.again(id, replay.entry(destination, id))) {
                    again++;
                }
            }
        }
        Log.info("erasures.replayed", "count", again);
        return "COMPLETED";
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
