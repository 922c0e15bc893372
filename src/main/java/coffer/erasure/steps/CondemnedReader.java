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

/** Reads the objects that must go; the checkpoint is the last outbox row read. */
@Named("condemnedReader")
@Dependent
class CondemnedReader extends AbstractItemReader {

    private static final int PAGE = 4_000;

    private final PurgeWork work;
    private final Progress progress;
    private final UUID run;
    private final Deque<PurgeWork.Item> page = new ArrayDeque<>();
    private long last;

    @Inject
    CondemnedReader(PurgeWork work, Progress progress, @BatchProperty(name = "run") String run) {
        this.progress = progress;
        this.run = UUID.fromString(run);
        this.work = work;
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = checkpoint == null ? 0 : (Long) checkpoint;
        progress.left(run, "erase", 0, work.objectsLeft());
    }

    @Override
    public PurgeWork.@Nullable Item readItem() {
        if (page.isEmpty()) {
            page.addAll(work.objects(last, PAGE));
        }
        var next = page.poll();
        last = next == null ? last : next.condemned().outboxId();
        return next;
    }

    @Override
    public Serializable checkpointInfo() {
        return last;
    }
}
