package coffer.erasure;

import static jakarta.transaction.Transactional.TxType.REQUIRED;
import static jakarta.transaction.Transactional.TxType.REQUIRES_NEW;

import coffer.backup.ErasureDesk;
import coffer.id.Caller;
import coffer.storage.Destinations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * An erasure's way from one state to the next, in short transactions: each books only what has been
 * done for certain, so a kill between any two leaves nothing but work that is found again.
 */
@ApplicationScoped
public class PurgeDesk {

    static final Caller JOB = new Caller.Machine("gdpr-purge");

    private static final int PAGE = 500;

    private final PurgeLedger purges;
    private final WorkLedger work;
    private final PlaceLedger places;
    private final ErasureDesk backups;
    private final Destinations destinations;
    private final PurgeNotes notes;

    @Inject
    PurgeDesk(
            PurgeLedger purges,
            WorkLedger work,
            PlaceLedger places,
            ErasureDesk backups,
            Destinations destinations,
            PurgeNotes notes) {
        this.purges = purges;
        this.work = work;
        this.places = places;
        this.backups = backups;
        this.destinations = destinations;
        this.notes = notes;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PurgeDesk() {
        this(null, null, null, null, null, null);
    }

    /** Those in this state that nothing keeps from going on; what had been in their way is gone. */
    @Transactional(REQUIRES_NEW)
    public List<PurgeRow> due(String state) {
        return purges.due(state);
    }

    /** Systems of an erasure, a page of them; those not condemned yet, or all. */
    @Transactional(REQUIRES_NEW)
    public List<UUID> systems(UUID purge, boolean all, UUID after) {
        return work.systems(purge, all, after, PAGE);
    }

    /**
     * Dooms all that a system has, and lets nobody's link or upload outlive the freeze.
     *
     * @param again when it was condemned before: only what came since lengthens the freeze
     * @return how much there was to doom; -1 when a legal hold stands in the way
     */
    @Transactional(REQUIRED)
    public long condemn(PurgeRow purge, UUID system, boolean again) {
        if (purges.held(purge.id())) {
            return -1;
        }
        var found = backups.condemn(JOB, system);
        work.condemned(
                purge.id(),
                system,
                again && found.things() == 0 ? Duration.ZERO : notes.freeze(),
                found.lease());
        return found.things();
    }

    /** Whether the freeze is over and nothing new belongs to the erasure. */
    @Transactional(REQUIRED)
    public boolean frozen(PurgeRow purge) {
        return purges.gather(purge.id()) == 0 && work.waited(purge.id());
    }

    /** Nobody can read or write it any more: its objects go. */
    @Transactional(REQUIRED)
    public void beginErasing(PurgeRow purge) {
        places.open(purge.id(), destinations.names());
        go(purge, "FREEZING", "ERASING");
    }

    /** Those whose known objects are gone are looked for. */
    @Transactional(REQUIRES_NEW)
    public void beginLooking() {
        for (var purge : purges.due("ERASING")) {
            if (!work.objectsLeft(purge.id())) {
                go(purge, "ERASING", "LOOKING");
            }
        }
    }

    /** Those of which nothing was found, twice everywhere, lose their rows. */
    @Transactional(REQUIRES_NEW)
    public void beginClearing() {
        for (var purge : purges.due("LOOKING")) {
            if (!places.left(purge.id())) {
                go(purge, "LOOKING", "CLEARING");
            }
        }
    }

    /** Something came to an organization after its freeze: all begins again for that. */
    @Transactional(REQUIRED)
    public boolean reopened(PurgeRow purge) {
        if (purges.gather(purge.id()) == 0) {
            return false;
        }
        work.unlog(purge.id());
        go(purge, "CLEARING", "FREEZING");
        return true;
    }

    /** Tells what stands in the way, once, and has it tried again. */
    @Transactional(REQUIRED)
    public void block(UUID purge, Obstacle obstacle) {
        if (purges.block(purge, obstacle.reason(), obstacle.until(), notes.retry())) {
            notes.blocked(purge, obstacle);
        }
    }

    /** Those of them that a legal hold has come upon. */
    @Transactional(REQUIRES_NEW)
    public List<UUID> held(Collection<UUID> some) {
        return some.stream().filter(purges::held).toList();
    }

    private void go(PurgeRow purge, String from, String to) {
        if (purges.move(purge.id(), from, to)) {
            notes.moved(purge, to);
        }
        if (purges.unblock(purge.id())) {
            notes.freed(purge);
        }
    }
}
