package coffer.upkeep.reconcile;

import coffer.job.Progress;
import coffer.job.Ticket;
import coffer.platform.Installation;
import coffer.platform.Log;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.EraseOutcome;
import coffer.storage.ObjectReader;
import coffer.storage.ObjectReader.Listed;
import coffer.storage.ObjectReader.Page;
import coffer.storage.ReadOutcome;
import coffer.storage.VersionInventory;
import coffer.storage.VersionInventory.Version;

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

    private static final EraseOutcome NO_ANSWER =
            new EraseOutcome.Failed("no answer for this address", false);

    private final InventoryDesk desk;
    private final Destinations destinations;
    private final Installation installation;
    private final Clock clock;
    private final Ticket ticket;
    private final Removal remove;
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
        this.remove = Removal.of(remove);
    }

    @Override
    public String process() {
        for (var destination : new TreeSet<>(destinations.names())) {
            var eraser = destinations.eraser(destination);
            var versions = eraser.versions();
            list(destination, versions);
            if (!stopped && desk.judge(ticket, destination, remove) && remove != Removal.NONE) {
                remove(destination, versions);
            }
            if (stopped) {
                return "STOPPED";
            }
            ticket.hold();
            var uploads = eraser.abortUploadsBefore(clock.instant().minus(UPLOAD_AGE));
            desk.close(ticket, destination, uploads.orElse(0));
        }
        return "COMPLETED";
    }

    private void list(String destination, Optional<VersionInventory> versions) {
        var reader = destinations.reader(destination);
        var inventory = desk.open(ticket, destination);
        var after = inventory.after();
        var done = inventory.listed();
        var asked = 0;
        while (!done && !stopped) {
            var from = after.isEmpty() ? Optional.<String>empty() : Optional.of(after);
            var page =
                    page(
                            versions.isPresent()
                                    ? versions.get().after(from)
                                    : reader.listAfter(Address.prefix(installation.id()), from));
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

    private static Page page(ReadOutcome<Page> outcome) {
        return switch (outcome) {
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
        return reader.head(Address.parse(row.address()), row.versionId())
                instanceof ReadOutcome.Absent<?>;
    }

    private void remove(String destination, Optional<VersionInventory> versions) {
        while (!stopped) {
            var some = desk.removable(ticket, destination, remove, PAGE);
            if (some.isEmpty()) {
                break;
            }
            var outcomes = new LinkedHashMap<Version, EraseOutcome>();
            var whole = some.stream().filter(one -> one.versionId().isEmpty()).toList();
            var single = some.stream().filter(one -> !one.versionId().isEmpty()).toList();
            if (!whole.isEmpty()) {
                var byKey =
                        destinations
                                .eraser(destination)
                                .erase(
                                        whole.stream()
                                                .map(one -> Address.parse(one.key()))
                                                .toList());
                byKey.forEach((address, outcome) ->
                        outcomes.put(new Version(address.text(), ""), outcome));
            }
            if (!single.isEmpty()) {
                versions.ifPresent(inventory -> outcomes.putAll(inventory.erase(single)));
            }
            some.forEach(one -> outcomes.putIfAbsent(one, NO_ANSWER));
            desk.removed(ticket, destination, outcomes);
        }
    }

    @Override
    public void stop() {
        stopped = true;
    }
}
