package coffer.backup;

import coffer.job.Progress;
import coffer.job.Ticket;
import coffer.platform.Log;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.EraseOutcome;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Works the outbox off: up to a thousand objects a call, no transaction open meanwhile. Its
 * checkpoint is the outbox itself, so it can be killed anywhere and started anew.
 */
@Named("reaperStep")
@Dependent
class ReaperStep extends AbstractBatchlet {

    private static final int BATCH = 1_000;
    private final ReaperDesk desk;
    private final Destinations destinations;
    private final Ticket ticket;
    private volatile boolean stopped;

    @Inject
    ReaperStep(
            ReaperDesk desk,
            Destinations destinations,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at) {
        this.ticket = Ticket.of(progress, run, epoch, at, "reap");
        this.desk = desk;
        this.destinations = destinations;
    }

    @Override
    public String process() {
        var erased = 0;
        var failed = 0;
        while (!stopped) {
            var due = desk.due(ticket, BATCH);
            if (due.isEmpty()) {
                break;
            }
            for (var group :
                    due.stream()
                            .collect(Collectors.groupingBy(OutboxLedger.Due::destination))
                            .entrySet()) {
                var gone = erase(group.getKey(), group.getValue());
                erased += gone;
                failed += group.getValue().size() - gone;
            }
        }
        if (erased + failed > 0) {
            Log.info("objects.reaped", "erased", erased, "failed", failed);
        }
        return failed == 0 ? "COMPLETED" : "SOME_FAILED";
    }

    private int erase(String destination, List<OutboxLedger.Due> due) {
        var gone = new ArrayList<OutboxLedger.Due>();
        var failed = new LinkedHashMap<OutboxLedger.Due, String>();
        var outcomes =
                destinations
                        .eraser(destination)
                        .erase(
                                due.stream()
                                        .map(one -> Address.parse(one.address()))
                                        .distinct()
                                        .toList());
        for (var one : due) {
            switch (outcomes.get(Address.parse(one.address()))) {
                case EraseOutcome.Erased() -> gone.add(one);
                case EraseOutcome.Absent() -> gone.add(one);
                case EraseOutcome.Failed failure -> failed.put(one, failure.reason());
                case EraseOutcome.Locked locked ->
                        failed.put(one, "locked until " + locked.until());
                case null -> failed.put(one, "no answer for this address");
            }
        }
        desk.book(ticket, gone, failed);
        return gone.size();
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
