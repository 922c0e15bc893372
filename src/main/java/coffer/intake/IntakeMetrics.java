package coffer.intake;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators watch of uploads; names are fixed by the operations manual. */
@ApplicationScoped
public class IntakeMetrics {

    private final MetricRegistry registry;
    private final AtomicInteger inFlight = new AtomicInteger();

    @Inject
    IntakeMetrics(MetricRegistry registry) {
        this.registry = registry;
        registry.gauge("coffer_ingest_in_flight", inFlight, AtomicInteger::get);
        registry.counter("coffer_ingest_bytes");
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected IntakeMetrics() {
        this.registry = null;
    }

    void began() {
        inFlight.incrementAndGet();
    }

    void ended(Duration took) {
        inFlight.decrementAndGet();
        registry.timer("coffer_ingest_duration").update(took);
    }

    void stored(long bytes) {
        registry.counter("coffer_ingest_bytes").inc(bytes);
    }

    void refused(String reason) {
        registry.counter("coffer_ingest_rejected", new Tag("reason", reason)).inc();
    }
}
