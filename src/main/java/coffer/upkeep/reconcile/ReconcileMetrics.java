package coffer.upkeep.reconcile;

import coffer.platform.Executors;
import coffer.platform.NodeSettings;
import coffer.platform.Schema;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code coffer_reconcile_drift{destination, kind}}: what the latest inventory has found, read from
 * the catalogue once a minute by nodes with the role {@code jobs}.
 */
@ApplicationScoped
class ReconcileMetrics {

    private static final Duration LOOK = Duration.ofMinutes(1);

    private final Map<String, AtomicLong> gauges = new ConcurrentHashMap<>();
    private final InventoryDesk desk;
    private final NodeSettings node;
    private final Executors executors;
    private final MetricRegistry registry;

    @Inject
    ReconcileMetrics(
            InventoryDesk desk, NodeSettings node, Executors executors, MetricRegistry registry) {
        this.desk = desk;
        this.node = node;
        this.executors = executors;
        this.registry = registry;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ReconcileMetrics() {
        this(null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        if (node.has("jobs")) {
            executors.every(LOOK, "reconcile.drift", this::look);
        }
    }

    /** This node's own inventories show at once. */
    void closed(@Observes(during = TransactionPhase.AFTER_SUCCESS) InventoryDesk.Closed inventory) {
        executors.once(Duration.ZERO, "reconcile.drift", this::look);
    }

    private void look() {
        for (var drift : desk.drift()) {
            set(drift.destination(), "orphan", drift.orphans());
            set(drift.destination(), "unknown", drift.unknown());
            set(drift.destination(), "missing", drift.missing());
            set(drift.destination(), "missized", drift.missized());
            set(drift.destination(), "stray", drift.strays());
        }
    }

    private void set(String destination, String kind, long value) {
        gauges.computeIfAbsent(destination + " " + kind, any -> register(destination, kind))
                .set(value);
    }

    private AtomicLong register(String destination, String kind) {
        var value = new AtomicLong();
        registry.gauge(
                Metadata.builder()
                        .withName("coffer_reconcile_drift")
                        .withDescription(
                                "Objects and rows that do not agree, by the last inventory")
                        .build(),
                value,
                AtomicLong::get,
                new Tag("destination", destination),
                new Tag("kind", kind));
        return value;
    }
}
