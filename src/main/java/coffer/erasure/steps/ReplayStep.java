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

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads the erasure log of every destination. An operator orders it after a restore of the
 * database. What cannot be read keeps nothing else from being erased again; it fails the run in the
 * end, which can be ordered again.
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
        var unread = new ArrayList<IllegalStateException>();
        for (var destination : replay.destinations()) {
            for (var id : entries(destination, unread)) {
                ticket.hold();
                if (!stopped && replay.unknown(id) && isTakenUp(destination, id, unread)) {
                    again++;
                }
            }
        }
        Log.info("erasures.replayed", "count", again, "unread", unread.size());
        if (!unread.isEmpty()) {
            unread.stream().skip(1).limit(20).forEach(unread.getFirst()::addSuppressed);
            throw unread.getFirst();
        }
        return "COMPLETED";
    }

    private List<UUID> entries(String destination, List<IllegalStateException> unread) {
        try {
            return replay.entries(destination);
        } catch (IllegalStateException away) {
            unread.add(away);
            return List.of();
        }
    }

    private boolean isTakenUp(String destination, UUID id, List<IllegalStateException> unread) {
        try {
            return replay.again(id, replay.entry(destination, id));
        } catch (IllegalStateException wrong) {
            Log.error("erasure.unread", wrong, "purge_id", id, "destination", destination);
            unread.add(wrong);
            return false;
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
