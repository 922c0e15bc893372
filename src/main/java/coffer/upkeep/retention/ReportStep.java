package coffer.upkeep.retention;

import coffer.fleet.StateWatch;
import coffer.job.Progress;
import coffer.job.Ticket;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * Repairs what organizations count, has the fleet's alerts looked at, and writes the reports. Done
 * again, it says the same.
 */
@Named("reportStep")
@Dependent
class ReportStep extends AbstractBatchlet {

    /** What is left then, the fleet's own looks go on with. */
    private static final int MOST_LOOKS = 20;

    private final AuditDesk desk;
    private final StateWatch watch;
    private final Ticket ticket;
    private final boolean preview;

    @Inject
    ReportStep(
            AuditDesk desk,
            StateWatch watch,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at,
            @BatchProperty(name = "mode") String mode) {
        this.desk = desk;
        this.watch = watch;
        this.ticket = Ticket.of(progress, run, epoch, at, "report");
        this.preview = mode.equals("preview");
    }

    @Override
    public String process() {
        if (!preview) {
            desk.miscounted().forEach(desk::recount);
            look();
        }
        desk.report(ticket, preview);
        return "COMPLETED";
    }

    private void look() {
        for (var look = 0; look < MOST_LOOKS; look++) {
            var reviewed = watch.review();
            if (reviewed.opened() + reviewed.resolved() == 0) {
                return;
            }
        }
    }
}
