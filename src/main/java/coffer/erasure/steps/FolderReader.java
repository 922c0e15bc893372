package coffer.erasure.steps;

import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeWork;

import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;

/** Reads the places that wait for a look; the checkpoint is the last place read. */
@Named("folderReader")
@Dependent
class FolderReader extends AbstractItemReader {

    private static final int PAGE = 200;

    private final PurgeWork work;
    private final PurgeDesk desk;
    private final Deque<PurgeWork.Place> page = new ArrayDeque<>();
    private PurgeWork.@Nullable Place last;

    @Inject
    FolderReader(PurgeWork work, PurgeDesk desk) {
        this.work = work;
        this.desk = desk;
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = (PurgeWork.Place) checkpoint;
        desk.beginLooking();
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
