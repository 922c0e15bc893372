package coffer.storage;

import coffer.platform.Executors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How much the catalogue has where. The sum reads every copy, so it may be a few minutes old: what
 * is known is told at once, and counted again behind it.
 */
@ApplicationScoped
class StorageSpace {

    private static final Duration FRESH = Duration.ofMinutes(2);

    private record Sum(Map<String, StorageReport.Space> used, long atNanos) {}

    private final StorageLedger ledger;
    private final Executors executors;
    private final AtomicBoolean counting = new AtomicBoolean();
    private final AtomicReference<Sum> last = new AtomicReference<>();

    @Inject
    StorageSpace(StorageLedger ledger, Executors executors) {
        this.ledger = ledger;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageSpace() {
        this(null, null);
    }

    Map<String, StorageReport.Space> used() {
        var known = last.get();
        if (known == null) {
            return count();
        }
        if (System.nanoTime() - known.atNanos() > FRESH.toNanos() && !counting.getAndSet(true)) {
            executors.once(Duration.ZERO, "storage.space", this::again);
        }
        return known.used();
    }

    private void again() {
        try {
            count();
        } finally {
            counting.set(false);
        }
    }

    private Map<String, StorageReport.Space> count() {
        var sum = new Sum(ledger.used(), System.nanoTime());
        last.set(sum);
        return sum.used();
    }
}
