package coffer.erasure.steps;

import coffer.erasure.Obstacle;
import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeRow;
import coffer.erasure.PurgeWork;
import coffer.erasure.Receipts;
import coffer.job.Progress;
import coffer.job.Ticket;
import coffer.storage.Destinations;
import coffer.storage.ErasureLog;
import coffer.storage.PutOutcome;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the erasure log in every destination before a row goes: a database restored from an older
 * backup finds there what it has to erase again.
 */
@Named("logStep")
@Dependent
class LogStep extends AbstractBatchlet {

    private final PurgeDesk desk;
    private final PurgeWork work;
    private final Receipts receipts;
    private final Destinations destinations;
    private final ErasureLog log;
    private final Ticket ticket;

    @Inject
    LogStep(
            PurgeDesk desk,
            PurgeWork work,
            Receipts receipts,
            Destinations destinations,
            ErasureLog log,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at) {
        this.ticket = Ticket.of(progress, run, epoch, at, "log");
        this.desk = desk;
        this.work = work;
        this.receipts = receipts;
        this.destinations = destinations;
        this.log = log;
    }

    @Override
    public String process() {
        desk.beginClearing();
        for (var purge : desk.due("CLEARING")) {
            if (!work.logged(purge.id())) {
                ticket.hold();
                write(purge)
                        .ifPresentOrElse(
                                obstacle -> desk.block(purge.id(), obstacle),
                                () -> work.log(purge.id()));
            }
        }
        return "COMPLETED";
    }

    private Optional<Obstacle> write(PurgeRow purge) {
        var json = receipts.logEntry(purge).getBytes(StandardCharsets.UTF_8);
        for (var destination : destinations.names()) {
            switch (log.write(destination, purge.id(), json, purge.requestedAt())) {
                case PutOutcome.Stored stored -> {}
                case PutOutcome.Unavailable away -> {
                    return Optional.of(new Obstacle(destination + ": " + away.cause(), null));
                }
                case PutOutcome.Refused refused -> {
                    return Optional.of(new Obstacle(destination + ": " + refused.cause(), null));
                }
            }
        }
        return Optional.empty();
    }
}
