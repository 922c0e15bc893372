package coffer.intake;

import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.NodeIdentity;
import coffer.platform.Schema;
import coffer.quota.Quotas;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Renews the leases of the uploads that this node is receiving, all in one statement. */
@ApplicationScoped
public class Leases {

    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    private final Quotas quotas;
    private final IntakeSettings settings;
    private final NodeIdentity node;
    private final Executors executors;
    private volatile @Nullable Future<?> renewal;

    @Inject
    Leases(Quotas quotas, IntakeSettings settings, NodeIdentity node, Executors executors) {
        this.quotas = quotas;
        this.settings = settings;
        this.node = node;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Leases() {
        this.quotas = null;
        this.settings = null;
        this.node = null;
        this.executors = null;
    }

    void start(@Observes Schema.Ready ready) {
        var every = settings.renewal().toSeconds();
        renewal =
                executors
                        .scheduled()
                        .scheduleWithFixedDelay(this::renew, every, every, TimeUnit.SECONDS);
    }

    void hold(UUID backupId) {
        held.add(backupId);
    }

    void letGo(UUID backupId) {
        held.remove(backupId);
    }

    /** How many uploads this node is receiving. */
    int held() {
        return held.size();
    }

    @PreDestroy
    void stop() {
        var running = renewal;
        if (running != null) {
            running.cancel(false);
        }
    }

    private void renew() {
        try {
            var now = List.copyOf(held);
            if (!now.isEmpty()) {
                quotas.renew(node.name(), now, settings.lease());
            }
        } catch (RuntimeException databaseAway) {
            // The next round is well within the lease; if that fails too, seal notices.
            Log.warn("lease.renewal_failed", "reason", databaseAway.getClass().getSimpleName());
        }
    }
}
