package coffer.erasure.steps;

import coffer.erasure.Obstacle;
import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeWork;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.List;

/** Deletes all rows of a chunk's system, and counts them, in the chunk's transaction. */
@Named("rowWriter")
@Dependent
class RowWriter extends AbstractItemWriter {

    private final PurgeWork work;
    private final PurgeDesk desk;

    @Inject
    RowWriter(PurgeWork work, PurgeDesk desk) {
        this.work = work;
        this.desk = desk;
    }

    @Override
    public void writeItems(List<Object> items) {
        for (var item : items) {
            var rows = (PurgeWork.Rows) item;
            if (desk.held(List.of(rows.purgeId())).isEmpty()) {
                work.clear(rows);
            } else {
                desk.block(rows.purgeId(), Obstacle.HELD);
            }
        }
    }
}
