package coffer.erasure.steps;

import coffer.erasure.Obstacle;
import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeRow;
import coffer.job.Progress;
import coffer.job.Ticket;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.UUID;

/**
 * Takes everything out of reach: dooms what the systems have, then waits (over as many runs as it
 * takes) until the last lease, presigned link and remembered credential has ended, and dooms once
 * more what came meanwhile. It never blocks: what is not due is left to the next run.
 */
@Named("freezeStep")
@Dependent
class FreezeStep extends AbstractBatchlet {

    private static final UUID FIRST = new UUID(0, 0);

    private final PurgeDesk desk;
    private final Ticket ticket;
    private volatile boolean stopped;

    @Inject
    FreezeStep(
            PurgeDesk desk,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at) {
        this.ticket = Ticket.of(progress, run, epoch, at, "freeze");
        this.desk = desk;
    }

    @Override
    public String process() {
        for (var purge : desk.due("FREEZING")) {
            var frozen = pass(purge, false) == 0 && desk.frozen(purge) && pass(purge, true) == 0;
            if (frozen && !stopped) {
                desk.beginErasing(purge);
            }
        }
        return "COMPLETED";
    }

    /** How much was doomed; what is not 0 needs another look later. */
    private long pass(PurgeRow purge, boolean again) {
        var doomed = 0L;
        var page = desk.systems(purge.id(), again, FIRST);
        while (!page.isEmpty()) {
            for (var system : page) {
                ticket.hold();
                var found = stopped ? -1 : desk.condemn(purge, system, again);
                if (found < 0) {
                    if (!stopped) {
                        desk.block(purge.id(), Obstacle.HELD);
                    }
                    return -1;
                }
                doomed += found;
            }
            page = desk.systems(purge.id(), again, page.getLast());
        }
        return doomed;
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
