package coffer.intake;

import coffer.backup.Abandoned;
import coffer.backup.UploadDesk;

import jakarta.batch.api.chunk.AbstractItemReader;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.UUID;

/** Reads uploads that nobody works on any more, by id; the checkpoint is the last id read. */
@Named("sweepReader")
@Dependent
class SweepReader extends AbstractItemReader {

    private static final int PAGE = 100;
    private final UploadDesk desk;
    private final IntakeSettings settings;
    private final Deque<Abandoned> page = new ArrayDeque<>();
    private @Nullable UUID last;

    @Inject
    SweepReader(UploadDesk desk, IntakeSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = (UUID) checkpoint;
    }

    @Override
    public @Nullable Abandoned readItem() {
        if (page.isEmpty()) {
            page.addAll(desk.expired(last, settings.sweepGrace(), PAGE));
        }
        var next = page.poll();
        last = next == null ? last : next.backupId();
        return next;
    }

    @Override
    public @Nullable Serializable checkpointInfo() {
        return last;
    }
}
