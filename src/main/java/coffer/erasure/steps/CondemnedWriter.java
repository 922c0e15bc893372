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
 * Erases a chunk's objects with batched calls, two at once, then books in the chunk's transaction
 * what the stores said. A kill between the two repeats the chunk, and erasing what is gone changes
 * nothing.
 */
@Named("condemnedWriter")
@Dependent
class CondemnedWriter extends AbstractItemWriter {

    private static final int LANES = 2;

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

    /** A thousand a call, and a few calls at once: a store that is asked for more slows down. */
    private Map<Address, EraseOutcome> erase(ObjectEraser eraser, List<Address> addresses) {
        var lanes = new ArrayList<CompletableFuture<Map<Address, EraseOutcome>>>();
        for (var lane = 0; lane < LANES; lane++) {
            var first = lane * ObjectEraser.BATCH;
            lanes.add(executors.supply(() -> lane(eraser, addresses, first)));
        }
        var outcomes = new HashMap<Address, EraseOutcome>();
        lanes.forEach(lane -> outcomes.putAll(lane.join()));
        return outcomes;
    }

    private static Map<Address, EraseOutcome> lane(
            ObjectEraser eraser, List<Address> addresses, int first) {
        var outcomes = new HashMap<Address, EraseOutcome>();
        for (var from = first; from < addresses.size(); from += LANES * ObjectEraser.BATCH) {
            var end = Math.min(from + ObjectEraser.BATCH, addresses.size());
            outcomes.putAll(eraser.erase(addresses.subList(from, end)));
        }
        return outcomes;
    }

    private static Address address(Condemned condemned) {
        return Address.parse(condemned.address());
    }
}
