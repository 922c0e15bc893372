package coffer.upkeep.scrub;

import coffer.job.Progress;
import coffer.job.Ticket;
import coffer.platform.ByteSize;
import coffer.platform.Log;
import coffer.storage.Destinations;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.LinkedHashMap;
import java.util.TreeSet;

/**
 * Reads copies back, a few at a time, until the day's bytes are spent. Its checkpoint is when each
 * copy was last looked at, so it can be killed anywhere and started anew.
 */
@Named("scrubStep")
@Dependent
class ScrubStep extends AbstractBatchlet {

    private static final int MOST_COPIES = 16;
    private static final long MOST_BYTES = 64L << 20;

    private final ScrubDesk desk;
    private final Destinations destinations;
    private final Ticket ticket;
    private final long wanted;
    private volatile boolean stopped;
    private boolean away;

    @Inject
    ScrubStep(
            ScrubDesk desk,
            Destinations destinations,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at,
            @BatchProperty(name = "budget") String budget) {
        this.desk = desk;
        this.destinations = destinations;
        this.ticket = Ticket.of(progress, run, epoch, at, "scrub");
        this.wanted = "configured".equals(budget) ? 0 : ByteSize.parse(budget).bytes();
    }

    @Override
    public String process() {
        for (var destination : new TreeSet<>(destinations.names())) {
            scrub(destination);
        }
        if (away) {
            throw new IllegalStateException("a store was away: what it has waits for its turn");
        }
        return stopped ? "STOPPED" : "COMPLETED";
    }

    private void scrub(String destination) {
        var budget = desk.budget(ticket, destination, wanted);
        var reading = new CopyReading(destinations.reader(destination), () -> stopped);
        var left = budget.bytes();
        var first = budget.untouched();
        while (!stopped && left > 0) {
            var found = new LinkedHashMap<StoredCopy, Finding>();
            var bytes = 0L;
            var full = false;
            for (var copy : desk.next(ticket, destination, MOST_COPIES)) {
                full = budget.exactly() && !first && bytes + copy.sizeBytes() > left;
                if (full || stopped || bytes >= Math.min(left, MOST_BYTES)) {
                    break;
                }
                var finding = reading.of(copy);
                if (finding == Finding.AWAY) {
                    away |= !stopped;
                    book(destination, found);
                    return;
                }
                first = false;
                bytes += copy.sizeBytes();
                found.put(copy, finding);
            }
            book(destination, found);
            left -= bytes;
            if (full || found.isEmpty()) {
                return;
            }
        }
    }

    private void book(String destination, LinkedHashMap<StoredCopy, Finding> found) {
        if (!found.isEmpty()) {
            desk.book(ticket, destination, found);
            var bad = found.values().stream().filter(one -> one != Finding.VERIFIED).count();
            if (bad > 0) {
                Log.warn("copies.not_verified", "destination", destination, "count", bad);
            }
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
