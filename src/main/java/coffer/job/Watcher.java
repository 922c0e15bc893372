package coffer.job;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.listener.AbstractChunkListener;
import jakarta.batch.api.chunk.listener.ItemWriteListener;
import jakarta.batch.runtime.context.StepContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.List;
import java.util.UUID;

/**
 * Stands beside every chunk step, in the chunk's own transaction: a node that has lost its run
 * commits nothing more, and how far the run is, is as true as its checkpoint.
 */
@Named("watcher")
@Dependent
class Watcher extends AbstractChunkListener implements ItemWriteListener {

    private final Progress progress;
    private final StepContext step;
    private final UUID run;
    private final int epoch;

    /** Of the partition; the thread above the partitions reads no plan, and writes nothing. */
    private final int part;

    @Inject
    Watcher(
            Progress progress,
            StepContext step,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "part") String part) {
        this.progress = progress;
        this.step = step;
        this.run = UUID.fromString(run);
        this.epoch = Integer.parseInt(epoch);
        this.part = part != null && part.matches("[0-9]{1,4}") ? Integer.parseInt(part) : 0;
    }

    @Override
    public void beforeChunk() {
        progress.hold(run, epoch);
    }

    /** Reading may have taken long: a node that was frozen meanwhile must not call a store. */
    @Override
    public void beforeWrite(List<Object> items) {
        progress.hold(run, epoch);
    }

    @Override
    public void afterWrite(List<Object> items) {
        progress.done(run, step.getStepName(), part, items.size(), String.valueOf(items.getLast()));
    }

    @Override
    public void onWriteError(List<Object> items, Exception fault) {
        // The chunk is rolled back, and with it what was said.
    }
}
