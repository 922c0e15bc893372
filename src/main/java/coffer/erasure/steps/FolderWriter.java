package coffer.erasure.steps;

import coffer.erasure.Obstacle;
import coffer.erasure.PurgeDesk;
import coffer.erasure.PurgeWork;
import coffer.storage.Destinations;
import coffer.storage.Sweep;

import jakarta.batch.api.chunk.AbstractItemWriter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.util.ArrayList;
import java.util.List;

/**
 * Looks into the folders of a chunk, erases whatever is there, and books in the chunk's transaction
 * what was found.
 */
@Named("folderWriter")
@Dependent
class FolderWriter extends AbstractItemWriter {

    private record Seen(PurgeWork.Place place, Sweep sweep) {}

    private final PurgeWork work;
    private final PurgeDesk desk;
    private final Destinations destinations;

    @Inject
    FolderWriter(PurgeWork work, PurgeDesk desk, Destinations destinations) {
        this.work = work;
        this.desk = desk;
        this.destinations = destinations;
    }

    @Override
    public void writeItems(List<Object> items) {
        var places = items.stream().map(PurgeWork.Place.class::cast).toList();
        var held = desk.held(places.stream().map(PurgeWork.Place::purgeId).distinct().toList());
        var seen = new ArrayList<Seen>();
        for (var place : places) {
            if (!held.contains(place.purgeId())) {
                seen.add(new Seen(place, look(place)));
            }
        }
        seen.forEach(one -> book(one.place(), one.sweep()));
        held.forEach(purge -> desk.block(purge, Obstacle.HELD));
    }

    private Sweep look(PurgeWork.Place place) {
        return destinations.names().contains(place.destination())
                ? destinations
                        .eraser(place.destination())
                        .sweep(place.systemId(), things -> work.finds(place, things))
                : new Sweep.Unknown("no such destination is configured");
    }

    private void book(PurgeWork.Place place, Sweep sweep) {
        switch (sweep) {
            case Sweep.Clean() -> work.clean(place);
            case Sweep.Swept swept -> work.found(place);
            case Sweep.Left left ->
                    desk.block(place.purgeId(), Obstacle.at(place.destination(), left));
            case Sweep.Unknown unknown ->
                    desk.block(place.purgeId(), Obstacle.at(place.destination(), unknown));
        }
    }
}
