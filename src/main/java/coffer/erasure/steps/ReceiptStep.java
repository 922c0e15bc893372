package coffer.erasure.steps;

import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeWork;
import coffer.erasure.Receipts;
import coffer.job.Progress;
import coffer.job.Ticket;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Erases what is left of an organization, signs the receipt, and says done. */
@Named("receiptStep")
@Dependent
class ReceiptStep extends AbstractBatchlet {

    private final PurgeDesk desk;
    private final PurgeWork work;
    private final Receipts receipts;
    private final Ticket ticket;

    @Inject
    ReceiptStep(
            PurgeDesk desk,
            PurgeWork work,
            Receipts receipts,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at) {
        this.ticket = Ticket.of(progress, run, epoch, at, "receipt");
        this.desk = desk;
        this.work = work;
        this.receipts = receipts;
    }

    @Override
    public String process() {
        for (var purge : desk.due("CLEARING")) {
            ticket.hold();
            if (work.cleared(purge.id()) && !desk.reopened(purge)) {
                receipts.conclude(purge.id());
            }
        }
        return "COMPLETED";
    }
}
