package coffer.upkeep.reconcile;

import coffer.platform.Executors;
import coffer.platform.NodeSettings;
import coffer.platform.Schema;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes down that the catalogue lives, four times a minute: what came to the bucket while it did,
 * it would know (docs/adr/0057). A database that knows less than this node was told has been set
 * back.
 */
@ApplicationScoped
class CatalogueLife {

    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final InventoryDesk desk;
    private final NodeSettings node;
    private final Executors executors;
    private volatile Optional<Instant> heard = Optional.empty();

    @Inject
    CatalogueLife(InventoryDesk desk, NodeSettings node, Executors executors) {
        this.desk = desk;
        this.node = node;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected CatalogueLife() {
        this(null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        if (node.has("jobs")) {
            executors.every(PAUSE, "catalogue.life", () -> heard = Optional.of(desk.sign(heard)));
        }
    }
}
