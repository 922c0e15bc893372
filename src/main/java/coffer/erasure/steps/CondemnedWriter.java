package coffer.erasure.steps;

import coffer.backup.ErasureDesk.Condemned;
import coffer.erasure.Obstacle;
import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeWork;
import coffer.platform.Executors;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.EraseOutcome;
import coffer.storage.ObjectEraser;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Erases a chunk's objects with batched calls, all at once, then books in the chunk's transaction
 * what the stores said. A kill between the two repeats the chunk, and erasing what is gone changes
 * nothing.
 */
@Named("condemnedWriter")
@Dependent
class CondemnedWriter extends AbstractItemWriter {

    private final PurgeWork work;
    private final PurgeDesk desk;
    private final Destinations destinations;
    private final Executors executors;

    @Inject
    CondemnedWriter(
            PurgeWork work, PurgeDesk desk, Destinations destinations, Executors executors) {
        this.work = work;
        this.desk = desk;
        this.destinations = destinations;
        this.executors = executors;
    }

    @Override
    public void writeItems(List<Object> items) {
        var all = items.stream().map(PurgeWork.Item.class::cast).toList();
        var obstacles = new HashMap<UUID, Obstacle>();
        desk.held(all.stream().map(PurgeWork.Item::purgeId).distinct().toList())
                .forEach(purge -> obstacles.put(purge, Obstacle.HELD));
        var gone = new ArrayList<PurgeWork.Item>();
        all.stream()
                .filter(item -> !obstacles.containsKey(item.purgeId()))
                .collect(Collectors.groupingBy(item -> item.condemned().destination()))
                .forEach((destination, group) -> erase(destination, group, gone, obstacles));
        work.erased(gone);
        obstacles.forEach(desk::block);
    }

    private void erase(
            String destination,
            List<PurgeWork.Item> group,
            List<PurgeWork.Item> gone,
            Map<UUID, Obstacle> obstacles) {
        if (!destinations.names().contains(destination)) {
            group.forEach(item ->
                    obstacles.merge(
                            item.purgeId(),
                            Obstacle.unknownDestination(destination),
                            Obstacle::or));
            return;
        }
        var addresses = group.stream().map(item -> address(item.condemned())).distinct().toList();
        var outcomes = erase(destinations.eraser(destination), addresses);
        for (var item : group) {
            switch (outcomes.get(address(item.condemned()))) {
                case EraseOutcome.Erased() -> gone.add(item);
                case EraseOutcome.Absent() -> gone.add(item);
                case EraseOutcome.Failed failure ->
                        obstacles.merge(
                                item.purgeId(), Obstacle.at(destination, failure), Obstacle::or);
                case EraseOutcome.Locked lock ->
                        obstacles.merge(
                                item.purgeId(), Obstacle.at(destination, lock), Obstacle::or);
                case null -> throw new IllegalStateException("no outcome for an address");
            }
        }
    }

    /** One call a thousand; each ends by its own time limit. */
    private Map<Address, EraseOutcome> erase(ObjectEraser eraser, List<Address> addresses) {
        var calls = new ArrayList<CompletableFuture<Map<Address, EraseOutcome>>>();
        for (var from = 0; from < addresses.size(); from += ObjectEraser.BATCH) {
            var batch =
                    addresses.subList(from, Math.min(from + ObjectEraser.BATCH, addresses.size()));
            calls.add(executors.supply(() -> eraser.erase(batch)));
        }
        var outcomes = new HashMap<Address, EraseOutcome>();
        calls.forEach(call -> outcomes.putAll(call.join()));
        return outcomes;
    }

    private static Address address(Condemned condemned) {
        return Address.parse(condemned.address());
    }
}
