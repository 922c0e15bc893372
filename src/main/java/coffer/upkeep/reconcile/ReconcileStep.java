package coffer.upkeep.reconcile;

import coffer.job.Progress;
import coffer.platform.Installation;
import coffer.platform.Log;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.EraseOutcome;
import coffer.storage.ObjectReader;
import coffer.storage.ObjectReader.Listed;
import coffer.storage.ObjectReader.Page;
import coffer.storage.ReadOutcome;
import coffer.upkeep.Ticket;

import jakarta.batch.api.AbstractBatchlet;
import jakarta.batch.api.BatchProperty;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Walks through bucket and catalogue side by side, in the order of keys, a page at a time. How far
 * it is stands in the catalogue, so it can be killed anywhere.
 */
@Named("reconcileStep")
@Dependent
class ReconcileStep extends AbstractBatchlet {

    private static final int PAGE = 1_000;
    private static final int MOST_ASKED = 1_000;
    private static final Duration UPLOAD_AGE = Duration.ofDays(1);

    private final InventoryDesk desk;
    private final Destinations destinations;
    private final Installation installation;
    private final Clock clock;
    private final Ticket ticket;
    private final String remove;
    private volatile boolean stopped;

    @Inject
    ReconcileStep(
            InventoryDesk desk,
            Destinations destinations,
            Installation installation,
            Clock clock,
            Progress progress,
            @BatchProperty(name = "run") String run,
            @BatchProperty(name = "epoch") String epoch,
            @BatchProperty(name = "at") String at,
            @BatchProperty(name = "remove") String remove) {
        this.desk = desk;
        this.destinations = destinations;
        this.installation = installation;
        this.clock = clock;
        this.ticket = Ticket.of(progress, run, epoch, at, "reconcile");
        this.remove = remove;
    }

    @Override
    public String process() {
        for (var destination : new TreeSet<>(destinations.names())) {
            list(destination);
            if (stopped) {
                return "STOPPED";
            }
            var unknownToo = remove.equals("unknown");
            var removed = 0L;
            if (desk.judge(ticket, destination, unknownToo) && !remove.equals("none")) {
                removed = remove(destination, unknownToo);
            }
            var uploads =
                    destinations
                            .eraser(destination)
                            .abortUploadsBefore(clock.instant().minus(UPLOAD_AGE));
            desk.close(ticket, destination, removed, uploads.orElse(0));
        }
        return "COMPLETED";
    }

    private void list(String destination) {
        var reader = destinations.reader(destination);
        var inventory = desk.open(ticket, destination);
        var after = inventory.after();
        var done = inventory.listed();
        var asked = 0;
        while (!done && !stopped) {
            var page = page(reader, after);
            var stretch = stretch(destination, after, page);
            var missing = new ArrayList<Row>();
            for (var row : stretch.absent()) {
                if (asked++ < MOST_ASKED && denied(reader, row)) {
                    missing.add(row);
                }
            }
            desk.book(ticket, destination, after, stretch, missing);
            done = stretch.upTo().isEmpty();
            after = stretch.upTo().orElse(after);
        }
        if (asked > MOST_ASKED) {
            Log.warn("reconcile.not_all_asked", "destination", destination, "absent", asked);
        }
    }

    /** Rows are read after the objects: an object in the page had its row before. */
    private Stretch stretch(String destination, String after, Page page) {
        Optional<String> upTo =
                page.next().isPresent() && !page.objects().isEmpty()
                        ? Optional.of(page.objects().getLast().key())
                        : Optional.empty();
        var rows = desk.known(destination, after, upTo, PAGE * 2);
        if (rows.size() < PAGE * 2) {
            return Stretch.of(upTo, page.objects(), rows);
        }
        var end = rows.getLast().address(); // more rows than fit: a shorter stretch
        List<Listed> objects =
                page.objects().stream().filter(object -> object.key().compareTo(end) <= 0).toList();
        return Stretch.of(Optional.of(end), objects, rows);
    }

    private Page page(ObjectReader reader, String after) {
        var prefix = Address.prefix(installation.id());
        var from = after.isEmpty() ? Optional.<String>empty() : Optional.of(after);
        return switch (reader.listAfter(prefix, from)) {
            case ReadOutcome.Found<Page>(var page) -> page;
            case ReadOutcome.Absent<Page>() -> throw new IllegalStateException("no such bucket");
            case ReadOutcome.Unavailable<Page> away ->
                    throw new IllegalStateException("the store is away: " + away.cause());
            case ReadOutcome.Refused<Page> refused ->
                    throw new IllegalStateException("the store refuses: " + refused.cause());
        };
    }

    /** A copy sealed after the page was read is not in it, but it is there. */
    private static boolean denied(ObjectReader reader, Row row) {
        return reader.head(Address.parse(row.address()), null) instanceof ReadOutcome.Absent<?>;
    }

    private long remove(String destination, boolean unknownToo) {
        var removed = 0L;
        while (!stopped) {
            var addresses = desk.removable(destination, unknownToo, PAGE);
            if (addresses.isEmpty()) {
                break;
            }
            var outcomes = destinations.eraser(destination).erase(addresses);
            var gone = new ArrayList<String>();
            var failed = new LinkedHashMap<String, String>();
            for (var address : addresses) {
                switch (outcomes.get(address)) {
                    case EraseOutcome.Erased() -> gone.add(address.text());
                    case EraseOutcome.Absent() -> gone.add(address.text());
                    case EraseOutcome.Failed failure ->
                            failed.put(address.text(), failure.reason());
                    case EraseOutcome.Locked locked -> failed.put(address.text(), "locked");
                    case null -> failed.put(address.text(), "no answer for this address");
                }
            }
            desk.removed(ticket, destination, gone, failed);
            removed += gone.size();
        }
        return removed;
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
