package coffer.erasure.steps;

import coffer.backup.ErasureDesk.Condemned;
import coffer.erasure.Obstacle;
import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeWork;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.EraseOutcome;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Erases a chunk's objects with one batched call a destination, then books in the chunk's
 * transaction what the store said. A kill between the two repeats the chunk, and erasing what is
 * gone changes nothing.
 */
@Named("condemnedWriter")
@Dependent
class CondemnedWriter extends AbstractItemWriter {

    private final PurgeWork work;
    private final PurgeDesk desk;
    private final Destinations destinations;

    @Inject
    CondemnedWriter(PurgeWork work, PurgeDesk desk, Destinations destinations) {
        this.work = work;
        this.desk = desk;
        this.destinations = destinations;
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
        var outcomes = destinations.eraser(destination).erase(addresses);
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

    private static Address address(Condemned condemned) {
        return Address.parse(condemned.address());
    }
}
