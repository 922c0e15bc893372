package coffer.backup;

import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.job.Ticket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.List;
import java.util.Map;

/** The object-reaper's short transactions, on either side of its calls to a store. */
@ApplicationScoped
public class ReaperDesk {

    private static final int ATTEMPTS_WORTH_AN_ALERT = 5;
    private final OutboxLedger ledger;
    private final Alerts alerts;

    @Inject
    ReaperDesk(OutboxLedger ledger, Alerts alerts) {
        this.ledger = ledger;
        this.alerts = alerts;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ReaperDesk() {
        this.ledger = null;
        this.alerts = null;
    }

    @Transactional
    List<OutboxLedger.Due> due(Ticket ticket, int most) {
        ticket.hold();
        return ledger.due(most);
    }

    /**
     * Books what the store said; a kill before this repeats the call, which finds nothing and
     * agrees.
     */
    @Transactional
    void book(Ticket ticket, List<OutboxLedger.Due> gone, Map<OutboxLedger.Due, String> failed) {
        ticket.hold();
        ticket.done(gone.size(), null);
        if (!gone.isEmpty()) {
            ledger.erased(gone);
            gone.stream()
                    .filter(due -> due.attempts() >= ATTEMPTS_WORTH_AN_ALERT)
                    .forEach(due ->
                            alerts.resolve(
                                    AlertKind.OBJECT_UNDELETABLE, "backup:" + due.backupId()));
        }
        failed.forEach((due, reason) -> {
            ledger.retryLater(due, reason);
            if (due.attempts() + 1 >= ATTEMPTS_WORTH_AN_ALERT) {
                alerts.open(
                        AlertKind.OBJECT_UNDELETABLE,
                        "backup:" + due.backupId(),
                        Map.of("destination", due.destination(), "reason", reason));
            }
        });
    }
}
