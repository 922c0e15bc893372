package coffer.backup;

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
    private final SweepLedger ledger;
    private final IntakeSettings settings;
    private final Deque<SweepLedger.Abandoned> page = new ArrayDeque<>();
    private @Nullable UUID last;

    @Inject
    SweepReader(SweepLedger ledger, IntakeSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    @Override
    public void open(@Nullable Serializable checkpoint) {
        last = (UUID) checkpoint;
    }

    @Override
    public SweepLedger.@Nullable Abandoned readItem() {
        if (page.isEmpty()) {
            page.addAll(ledger.expired(last, settings.sweepGrace(), PAGE));
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
