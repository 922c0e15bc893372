package coffer.audit;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.Installation;
import coffer.platform.KeyRing;
import coffer.platform.Log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Clock;
import java.util.Map;

/**
 * Writes one entry for each change of state, in the transaction of that change: both are there or
 * neither. Personal data (addresses, names) may stand in the detail only.
 */
@ApplicationScoped
public class AuditTrail {

    private static final String KEY = "audit";
    private static final int SALT_BYTES = 32;

    private final AuditLedger ledger;
    private final KeyRing keys;
    private final Installation installation;
    private final Ids ids;
    private final Clock clock;

    @Inject
    AuditTrail(AuditLedger ledger, KeyRing keys, Installation installation, Ids ids, Clock clock) {
        this.ledger = ledger;
        this.keys = keys;
        this.installation = installation;
        this.ids = ids;
        this.clock = clock;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AuditTrail() {
        this(null, null, null, null, null);
    }

    /**
     * Records what happened.
     *
     * @param action past tense, {@code backup.sealed}
     * @param subject what it happened to, {@code backup:<uuid>}
     * @param outcome {@code done}, or what else came of it
     * @param detail texts, numbers, truth values, ids, instants, lists and maps of them
     */
    @Transactional(MANDATORY)
    public void record(
            Caller actor, String action, String subject, String outcome, Map<String, ?> detail) {
        var statement =
                new Statement(
                        ids.next(),
                        clock.instant(),
                        installation.id(),
                        actor.actor(),
                        action,
                        subject,
                        outcome,
                        Log.requestId(),
                        keys.current(KEY));
        var salt = ids.bytes(SALT_BYTES);
        var commitment = Commitment.of(salt, statement, detail);
        var mac = keys.sign(KEY, statement.keyId(), commitment);
        ledger.add(statement, commitment, mac.digest(), salt, Commitment.json(detail));
    }
}
