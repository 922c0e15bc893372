package coffer.legacy;

import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.platform.Log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who still uses what: each call counts in a metric, and on its system. The system's row is written
 * once an hour at most for each protocol, by each node; in between nothing new is known.
 */
@ApplicationScoped
public class LegacyUses {

    private static final long PAUSE = Duration.ofHours(1).toNanos();

    /** About 100 bytes each; beyond it all are forgotten, and written again. */
    private static final int MOST = 50_000;

    private record Use(UUID systemId, LegacyProtocol protocol) {}

    private final LegacyLedger ledger;
    private final LegacyMetrics metrics;
    private final ConcurrentHashMap<Use, Long> written = new ConcurrentHashMap<>();

    @Inject
    LegacyUses(LegacyLedger ledger, LegacyMetrics metrics) {
        this.ledger = ledger;
        this.metrics = metrics;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LegacyUses() {
        this(null, null);
    }

    /** A call that has been decided: whoever was let in is on the request. */
    void note(LegacyCall call, HttpServletRequest request) {
        note(
                call,
                CurrentCaller.find(request).orElse(null) instanceof Caller.Appliance caller
                        ? caller
                        : null);
    }

    /** As {@link #note}; null for a caller that was not let in. Never fails. */
    void note(LegacyCall call, Caller.@Nullable Appliance caller) {
        metrics.called(call, caller != null);
        if (caller != null) {
            seen(new Use(caller.systemId(), call.protocol()));
        }
    }

    private void seen(Use use) {
        var now = System.nanoTime();
        var last = written.get(use);
        if (last != null && now - last < PAUSE) {
            return;
        }
        if (written.size() >= MOST) {
            written.clear();
        }
        written.put(use, now);
        try {
            ledger.seen(use.systemId(), use.protocol().text());
        } catch (RuntimeException databaseAway) {
            written.remove(use);
            Log.warn("legacy.use_not_noted", "reason", databaseAway.getClass().getSimpleName());
        }
    }
}
