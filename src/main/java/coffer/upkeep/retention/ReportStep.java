package coffer.upkeep.retention;

import coffer.job.Progress;
import coffer.upkeep.Ticket;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Repairs what organizations count, and writes their reports. Done again, it says the same. */
@Named("reportStep")
@Dependent
class ReportStep extends AbstractBatchlet {

    private final AuditDesk desk;
    private final Ticket ticket;
    private final boolean preview;

    @Inject
    ReportStep(
            AuditDesk desk,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at,
            @BatchProperty(name = "mode") String mode) {
        this.desk = desk;
        this.ticket = Ticket.of(progress, run, epoch, at, "report");
        this.preview = mode.equals("preview");
    }

    @Override
    public String process() {
        if (!preview) {
            desk.miscounted().forEach(desk::recount);
        }
        desk.report(ticket, preview);
        return "COMPLETED";
    }
}
