package coffer.platform;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this node still owes the others, because Redis did not take it when it was said: each
 * message once, oldest first, {@value #MOST} at most. Whoever owes more owes one message alone,
 * that all be forgotten.
 */
final class BusBacklog {

    static final int MOST = 1_000;

    private final BusMessage everything;
    private final LinkedHashSet<BusMessage> owed = new LinkedHashSet<>();
    private final ReentrantLock access = new ReentrantLock();

    /**
     * An empty one.
     *
     * @param everything what stands for any number of messages
     */
    BusBacklog(BusMessage everything) {
        this.everything = everything;
    }

    void add(BusMessage message) {
        access.lock();
        try {
            if (owed.contains(everything)) {
                return;
            }
            if (owed.size() >= MOST) {
                owed.clear();
                owed.add(everything);
            } else {
                owed.add(message);
            }
        } finally {
            access.unlock();
        }
    }

    void paid(BusMessage message) {
        access.lock();
        try {
            owed.remove(message);
        } finally {
            access.unlock();
        }
    }

    List<BusMessage> owed() {
        access.lock();
        try {
            return List.copyOf(owed);
        } finally {
            access.unlock();
        }
    }
}
