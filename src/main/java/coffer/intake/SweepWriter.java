package coffer.intake;

import coffer.backup.Abandoned;
import coffer.backup.UploadDesk;
import coffer.platform.Log;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.List;

/** Abandons a chunk's upload, in the chunk's transaction. */
@Named("sweepWriter")
@Dependent
class SweepWriter extends AbstractItemWriter {

    private final UploadDesk desk;
    private final IntakeSettings settings;

    @Inject
    SweepWriter(UploadDesk desk, IntakeSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    @Override
    public void writeItems(List<Object> items) {
        var swept =
                items.stream()
                        .map(Abandoned.class::cast)
                        .filter(expired ->
                                desk.sweep(expired, settings.sweepGrace(), settings.lateAfter()))
                        .count();
        Log.info("uploads.swept", "count", swept);
    }
}
