package coffer.legacy;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** {@code coffer_legacy_calls_total{protocol,call,result}}, {@code coffer_legacy_broken_total}. */
@ApplicationScoped
class LegacyMetrics {

    private final MetricRegistry registry;

    @Inject
    LegacyMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LegacyMetrics() {
        this(null);
    }

    void called(LegacyCall call, boolean granted) {
        registry.counter(
                        "coffer_legacy_calls",
                        new Tag("protocol", call.protocol().text()),
                        new Tag("call", call.name()),
                        new Tag("result", granted ? "granted" : "refused"))
                .inc();
    }

    /** A transfer was broken on purpose. */
    void broken(LegacyProtocol protocol, String reason) {
        registry.counter(
                        "coffer_legacy_broken",
                        new Tag("protocol", protocol.text()),
                        new Tag("reason", reason))
                .inc();
    }
}
