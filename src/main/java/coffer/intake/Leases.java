package coffer.intake;

import coffer.backup.NewBackup;
import coffer.backup.UploadDesk;
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
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Renews the leases of the uploads that this node is receiving, all in one statement, and gives up
 * those that it could not give up while the database was away. Without that, a system whose uploads
 * an outage hit would be told to wait until the sweep, twelve minutes later.
 */
@ApplicationScoped
public class Leases {

    /** Beyond that the sweep does it. */
    private static final int MOST_LEFT = 1_000;

    private final Set<UUID> held = ConcurrentHashMap.newKeySet();
    private final Map<NewBackup, String> left = new ConcurrentHashMap<>();
    private final UploadDesk desk;
    private final Quotas quotas;
    private final IntakeSettings settings;
    private final NodeIdentity node;
    private final Executors executors;
    private volatile @Nullable Future<?> renewal;

    @Inject
    Leases(
            UploadDesk desk,
            Quotas quotas,
            IntakeSettings settings,
            NodeIdentity node,
            Executors executors) {
        this.desk = desk;
        this.quotas = quotas;
        this.settings = settings;
        this.node = node;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Leases() {
        this.desk = null;
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
                        .scheduleWithFixedDelay(this::look, every, every, TimeUnit.SECONDS);
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

    /** For an upload that is over but could not be ended: it is tried again at each look. */
    void giveUpLater(NewBackup upload, String why) {
        if (left.size() < MOST_LEFT) {
            left.put(upload, why);
        }
    }

    private void look() {
        try {
            var now = List.copyOf(held);
            if (!now.isEmpty()) {
                quotas.renew(node.name(), now, settings.lease());
            }
            left.forEach((upload, why) -> {
                desk.abandon(upload, why); // does nothing if it was sealed or swept after all
                left.remove(upload);
            });
        } catch (RuntimeException databaseAway) {
            // The next round is well within the lease; if that fails too, seal notices.
            Log.warn("lease.renewal_failed", "reason", databaseAway.getClass().getSimpleName());
        }
    }
}
