package coffer.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** How much the catalogue has where. The sum reads every copy, so it may be a few minutes old. */
@ApplicationScoped
class StorageSpace {

    private static final Duration FRESH = Duration.ofMinutes(2);

    private record Sum(Map<String, StorageReport.Space> used, long atNanos) {}

    private final StorageLedger ledger;
    private final AtomicReference<Sum> last = new AtomicReference<>();

    @Inject
    StorageSpace(StorageLedger ledger) {
        this.ledger = ledger;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected StorageSpace() {
        this(null);
    }

    Map<String, StorageReport.Space> used() {
        var known = last.get();
        if (known == null || System.nanoTime() - known.atNanos() > FRESH.toNanos()) {
            known = new Sum(ledger.used(), System.nanoTime());
            last.set(known);
        }
        return known.used();
    }
}
