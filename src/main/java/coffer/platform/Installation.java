package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Which installation this database belongs to. Made at the first start, never changed: every
 * object's address begins with the id.
 */
@ApplicationScoped
public class Installation {

    private record Known(String id, String purpose) {}

    private final AtomicReference<@Nullable Known> known = new AtomicReference<>();
    private final AtomicBoolean demo = new AtomicBoolean();

    @Inject
    Installation() {}

    /** The id; a 503 while the database has not answered since the start. */
    public String id() {
        return known().id();
    }

    /** {@code production}, {@code demo} or {@code test}. */
    public String purpose() {
        return known().purpose();
    }

    /** True only in test and demo databases. */
    public boolean timeMayMove() {
        return !purpose().equals("production");
    }

    /** True while demo data is in the catalogue, or is being put there or taken away. */
    public boolean hasDemo() {
        return demo.get();
    }

    void show(boolean demoData) {
        demo.set(demoData);
    }

    void learn(String id, String purpose) {
        known.set(new Known(id, purpose));
    }

    private Known known() {
        var value = known.get();
        if (value == null) {
            throw ProblemType.UNAVAILABLE.retryAfter(5);
        }
        return value;
    }
}
