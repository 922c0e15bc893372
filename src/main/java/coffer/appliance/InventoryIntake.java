package coffer.appliance;

import coffer.id.Caller;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads inventories off requests: bounded each, and few large ones at a time. */
@ApplicationScoped
public class InventoryIntake {

    /** The largest inventory. */
    static final int MOST_BYTES = 10 * 1024 * 1024;

    /** Large ones stay in memory until they are kept, so few at a time. */
    private static final int LARGE_BYTES = 256 * 1024;

    private static final int WAIT_SECONDS = 20;

    private final InventoryDesk desk;
    private final Semaphore large = new Semaphore(2);

    @Inject
    InventoryIntake(InventoryDesk desk) {
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected InventoryIntake() {
        this(null);
    }

    /**
     * Reads and keeps one; call it on a thread that may wait.
     *
     * @param length as declared, negative when it was not
     * @throws Problem {@code request body too large}, {@code invalid inventory}, or {@code service
     *     unavailable} while others are being read
     */
    public void take(Caller.Appliance caller, long length, InputStream body)
            throws IOException, InterruptedException {
        if (length > MOST_BYTES) {
            throw ProblemType.BODY_TOO_LARGE.withoutDetail();
        }
        if (length >= 0 && length <= LARGE_BYTES) {
            desk.receive(caller, BoundedBody.read(body, MOST_BYTES));
            return;
        }
        if (!large.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw ProblemType.UNAVAILABLE.retryAfter(WAIT_SECONDS);
        }
        try {
            desk.receive(caller, BoundedBody.read(body, MOST_BYTES));
        } finally {
            large.release();
        }
    }
}
