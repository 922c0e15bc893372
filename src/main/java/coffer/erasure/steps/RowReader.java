package coffer.erasure.steps;

import coffer.erasure.PurgeWork;
import coffer.job.Progress;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Reads the systems whose rows must go; the checkpoint is the last of them. */
@Named("rowReader")
@Dependent
class RowReader extends AbstractItemReader {

    private static final int PAGE = 200;

    private final PurgeWork work;
    private final Progress progress;
    private final UUID run;
    private final Deque<PurgeWork.Rows> page = new ArrayDeque<>();
    private PurgeWork.@Nullable Rows last;

    @Inject
    RowReader(PurgeWork work, Progress progress, @BatchProperty(name = "run") String run) {
        this.progress = progress;
        this.run = UUID.fromString(run);
        this.work = work;
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = (PurgeWork.Rows) checkpoint;
        progress.left(run, "clear", 0, work.rowsLeft());
    }

    @Override
    public PurgeWork.@Nullable Rows readItem() {
        if (page.isEmpty()) {
            page.addAll(work.rows(last, PAGE));
        }
        var next = page.poll();
        last = next == null ? last : next;
        return next;
    }

    @Override
    public @Nullable Serializable checkpointInfo() {
        return last;
    }
}
