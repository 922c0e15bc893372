package coffer.intake;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few uploads of this node at a time into the catalogue, in the order in which they came. So
 * a crowd of them leaves connections and time to everybody else: lists, downloads, health.
 */
final class Turnstile {

    private static final int PER_CORE = 8;

    /** Well below the least sensible pool of connections. */
    private static final int MOST = 32;

    static final int PLACES = Math.min(MOST, PER_CORE * Runtime.getRuntime().availableProcessors());

    private final Semaphore places = new Semaphore(PLACES, true);

    /**
     * Does {@code work} in its turn.
     *
     * @throws IllegalStateException when its turn does not come within {@code patience}
     */
    <T> T pass(Duration patience, Supplier<T> work) {
        enter(patience);
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    private void enter(Duration patience) {
        try {
            if (!places.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("too many uploads at once");
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the server stops", stopped);
        }
    }
}
