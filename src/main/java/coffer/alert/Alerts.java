package coffer.alert;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.web.Json;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Map;

/** Opens and resolves alerts, in the transaction of the fact that calls for it. */
@ApplicationScoped
public class Alerts {

    /** How much it matters. */
    public enum Severity {
        INFO,
        WARNING,
        CRITICAL
    }

    private static final Caller ALERT = new Caller.Machine("alert");

    private final AlertLedger ledger;
    private final AuditTrail trail;
    private final Ids ids;

    @Inject
    Alerts(AlertLedger ledger, AuditTrail trail, Ids ids) {
        this.ledger = ledger;
        this.trail = trail;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Alerts() {
        this(null, null, null);
    }

    /**
     * Opens an alert, unless the same is open already.
     *
     * @param subject what it is about, {@code system:<uuid>}
     * @param arguments figures for its text; no personal data
     */
    @Transactional(MANDATORY)
    public void open(AlertKind kind, String subject, Map<String, ?> arguments) {
        if (ledger.open(ids.next(), kind.code(), subject, kind.severity(), Json.text(arguments))) {
            trail.record(ALERT, "alert.opened", subject, "done", Map.of("code", kind.code()));
        }
    }

    /** Ends an alert, if it is open. */
    @Transactional(MANDATORY)
    public void resolve(AlertKind kind, String subject) {
        if (ledger.resolve(kind.code(), subject)) {
            trail.record(ALERT, "alert.resolved", subject, "done", Map.of("code", kind.code()));
        }
    }
}
