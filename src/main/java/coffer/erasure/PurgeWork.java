package coffer.erasure;

import static jakarta.transaction.Transactional.TxType.REQUIRED;
import static jakarta.transaction.Transactional.TxType.REQUIRES_NEW;

import coffer.backup.ErasureDesk;
import coffer.backup.ErasureDesk.Condemned;
import coffer.storage.Sweep;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What the chunk steps read and book. Reading has transactions of its own, so that the chunk's
 * holds no connection while a store is called; booking is the chunk's.
 */
@ApplicationScoped
public class PurgeWork {

    /** An object that must go, and for which erasure. */
    public record Item(UUID purgeId, Condemned condemned) {}

    /** A system's folder in a destination, which must be found empty twice. */
    public record Place(UUID purgeId, UUID systemId, String destination, int looks)
            implements Serializable {

        @Override
        public String toString() {
            return purgeId + "/" + systemId + "/" + destination;
        }
    }

    /** A system whose rows must go. */
    public record Rows(UUID purgeId, UUID systemId) implements Serializable {

        @Override
        public String toString() {
            return purgeId + "/" + systemId;
        }
    }

    private final WorkLedger work;
    private final PlaceLedger places;
    private final ErasureDesk backups;
    private final ErasureSettings settings;

    @Inject
    PurgeWork(WorkLedger work, PlaceLedger places, ErasureDesk backups, ErasureSettings settings) {
        this.work = work;
        this.places = places;
        this.backups = backups;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgeWork() {
        this(null, null, null, null);
    }

    @Transactional(REQUIRES_NEW)
    public List<Item> objects(long after, int most) {
        return work.objects(after, most);
    }

    /** How many objects have to go now, for all erasures. */
    @Transactional(REQUIRES_NEW)
    public long objectsLeft() {
        return work.objectsLeft();
    }

    /** How many folders have to be looked into now, once or twice. */
    @Transactional(REQUIRES_NEW)
    public long placesLeft() {
        return places.left(settings.lookInterval());
    }

    /** How many systems' rows have to go now. */
    @Transactional(REQUIRES_NEW)
    public long rowsLeft() {
        return work.rowsLeft();
    }

    @Transactional(REQUIRED)
    public void erased(List<Item> gone) {
        backups.erased(gone.stream().map(Item::condemned).toList());
        gone.stream()
                .collect(
                        Collectors.groupingBy(
                                Item::purgeId,
                                Collectors.mapping(
                                        item ->
                                                item.condemned().destination()
                                                        + "/"
                                                        + item.condemned().address(),
                                        Collectors.toSet())))
                .forEach((purge, objects) -> work.count(purge, "objects", objects.size()));
    }

    @Transactional(REQUIRES_NEW)
    public List<Place> places(@Nullable Place after, int most) {
        return places.places(after, settings.lookInterval(), most);
    }

    /** A look found nothing. */
    @Transactional(REQUIRED)
    public void clean(Place place) {
        places.looked(place, true);
    }

    /** What a look is about to erase: it is counted even if nobody lives to tell. */
    @Transactional(REQUIRES_NEW)
    public void finds(Place place, List<Sweep.Thing> things) {
        places.finds(place, things);
    }

    /** A look found something, which is gone now; looking begins again. */
    @Transactional(REQUIRED)
    public void found(Place place) {
        places.looked(place, false);
    }

    @Transactional(REQUIRES_NEW)
    public List<Rows> rows(@Nullable Rows after, int most) {
        return work.rowsToClear(after, most);
    }

    @Transactional(REQUIRED)
    public void clear(Rows rows) {
        work.clear(rows);
    }

    @Transactional(REQUIRES_NEW)
    public boolean logged(UUID purge) {
        return work.logged(purge);
    }

    @Transactional(REQUIRED)
    public void log(UUID purge) {
        places.count(purge);
        work.log(purge);
    }

    @Transactional(REQUIRES_NEW)
    public boolean cleared(UUID purge) {
        return work.logged(purge) && !work.rowsLeft(purge);
    }
}
