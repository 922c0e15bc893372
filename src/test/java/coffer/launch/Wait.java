package coffer.launch;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Bounded waiting for something that tells nobody when it happens. */
public final class Wait {

    private static final long STEP_MILLIS = 100;

    private Wait() {}

    /**
     * Returns once {@code condition} holds.
     *
     * @throws IllegalStateException naming {@code what}, if it does not hold within {@code limit}
     */
    public static void until(String what, Duration limit, Callable<Boolean> condition) {
        var end = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() - end > 0) {
                    throw new IllegalStateException(
                            "not within " + limit.toMillis() + " ms: " + what);
                }
                Thread.sleep(STEP_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + what, e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("failed while waiting: " + what, e);
        }
    }
}
