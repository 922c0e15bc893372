package coffer.fleet.backups;

import coffer.fleet.FleetSettings;
import coffer.platform.Log;
import coffer.platform.NodeSettings;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.storage.Address;
import coffer.storage.Destinations;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.net.URI;
import java.time.Duration;

/** Signs download addresses by the reader's key; no call goes to the store for it. */
@ApplicationScoped
public class Presigning {

    private final Destinations destinations;
    private final NodeSettings node;
    private final FleetSettings settings;

    @Inject
    Presigning(Destinations destinations, NodeSettings node, FleetSettings settings) {
        this.destinations = destinations;
        this.node = node;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Presigning() {
        this(null, null, null);
    }

    /** How long an address works. */
    Duration life() {
        return settings.presignTtl();
    }

    /**
     * An address from which a browser saves the bytes under the composed name, whatever they are. A
     * copy whose destination is in reach goes before one that is not.
     *
     * @throws Problem {@code service unavailable} on a node without the reader's key, {@code failed
     *     to fetch backup} when no copy can be read
     */
    public URI sign(SystemBackups.Wanted wanted) {
        if (!node.has("read")) {
            Log.warn("download.unsigned", "reason", "this node has no reader's key");
            throw ProblemType.UNAVAILABLE.retryAfter(30);
        }
        var copy =
                wanted.copies().stream()
                        .filter(one -> destinations.reachable(one.destination()))
                        .findFirst()
                        .or(() -> wanted.copies().stream().findFirst())
                        .orElseThrow(ProblemType.FETCH_FAILED::withoutDetail);
        return destinations
                .reader(copy.destination())
                .presign(
                        Address.parse(copy.address()),
                        copy.versionId(),
                        settings.presignTtl(),
                        "application/octet-stream",
                        "attachment; filename=\"" + wanted.name() + '"');
    }
}
