package coffer.erasure.steps;

import coffer.erasure.PurgeDesk;
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

/** Reads the places that wait for a look; the checkpoint is the last place read. */
@Named("folderReader")
@Dependent
class FolderReader extends AbstractItemReader {

    private static final int PAGE = 200;

    private final PurgeWork work;
    private final Progress progress;
    private final UUID run;
    private final PurgeDesk desk;
    private final Deque<PurgeWork.Place> page = new ArrayDeque<>();
    private PurgeWork.@Nullable Place last;

    @Inject
    FolderReader(
            PurgeWork work,
            PurgeDesk desk,
            Progress progress,
            @BatchProperty(name = "run") String run) {
        this.progress = progress;
        this.run = UUID.fromString(run);
        this.work = work;
        this.desk = desk;
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = (PurgeWork.Place) checkpoint;
        desk.beginLooking();
        progress.left(run, "look", 0, work.placesLeft());
    }

    @Override
    public PurgeWork.@Nullable Place readItem() {
        if (page.isEmpty()) {
            page.addAll(work.places(last, PAGE));
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
