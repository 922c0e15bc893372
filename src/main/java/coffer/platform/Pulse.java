package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;

import java.time.Duration;

/** Beats for this node once the catalogue is there, and follows the time of a test database. */
@ApplicationScoped
public class Pulse {

    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration DEMO_LOOK = Duration.ofSeconds(2);

    private final NodeLedger ledger;
    private final Installation installation;
    private final TimeOffset offset;
    private final Executors executors;

    @Inject
    Pulse(NodeLedger ledger, Installation installation, TimeOffset offset, Executors executors) {
        this.ledger = ledger;
        this.installation = installation;
        this.offset = offset;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Pulse() {
        this(null, null, null, null);
    }

    void start(@Observes Schema.Ready ready) {
        ledger.start();
        executors.every(BEAT, "node.beat", ledger::beat);
        if (installation.timeMayMove()) {
            offset.move(ledger.offset());
            executors.every(LOOK, "clock.follow", () -> offset.move(ledger.offset()));
            installation.show(ledger.demo());
            executors.every(DEMO_LOOK, "demo.follow", () -> installation.show(ledger.demo()));
        }
    }
}
