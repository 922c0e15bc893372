package coffer.erasure.steps;

import coffer.erasure.PurgeWork;
import coffer.job.Progress;
import coffer.platform.Executors;

import jakarta.batch.api.BatchProperty;
import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Reads the objects that must go, a page ahead: the next one comes while the stores erase this one.
 * The checkpoint is the last outbox row read.
 */
@Named("condemnedReader")
@Dependent
class CondemnedReader extends AbstractItemReader {

    private static final int PAGE = 8_000;

    private final PurgeWork work;
    private final Progress progress;
    private final Executors executors;
    private final UUID run;
    private final Deque<PurgeWork.Item> page = new ArrayDeque<>();
    private @Nullable CompletableFuture<List<PurgeWork.Item>> ahead;
    private long last;

    @Inject
    CondemnedReader(
            PurgeWork work,
            Progress progress,
            Executors executors,
            @BatchProperty(name = "run") String run) {
        this.work = work;
        this.progress = progress;
        this.executors = executors;
        this.run = UUID.fromString(run);
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = checkpoint == null ? 0 : (Long) checkpoint;
        ahead = after(last);
        progress.left(run, "erase", 0, work.objectsLeft());
    }

    @Override
    public PurgeWork.@Nullable Item readItem() {
        if (page.isEmpty() && ahead != null) {
            page.addAll(ahead.join());
            ahead = page.isEmpty() ? null : after(page.getLast().condemned().outboxId());
        }
        var next = page.poll();
        last = next == null ? last : next.condemned().outboxId();
        return next;
    }

    @Override
    public Serializable checkpointInfo() {
        return last;
    }

    private CompletableFuture<List<PurgeWork.Item>> after(long id) {
        return executors.supply(() -> work.objects(id, PAGE));
    }
}
