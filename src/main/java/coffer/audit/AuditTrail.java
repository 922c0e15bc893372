package coffer.audit;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.Installation;
import coffer.platform.KeyRing;
import coffer.platform.Log;
import coffer.platform.Sql;

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
        var entry = entry(actor, action, subject, outcome);
        var sealed = seal(entry, detail);
        ledger.add(
                entry, sealed.commitment(), sealed.mac(), sealed.salt(), Commitment.json(detail));
    }

    /** As {@link #record}, but the entry is sent together with the change it tells of. */
    public Sql<Integer> recording(
            Caller actor, String action, String subject, String outcome, Map<String, ?> detail) {
        var entry = entry(actor, action, subject, outcome);
        var sealed = seal(entry, detail);
        return AuditLedger.adding(
                entry, sealed.commitment(), sealed.mac(), sealed.salt(), Commitment.json(detail));
    }

    private Statement entry(Caller actor, String action, String subject, String outcome) {
        return new Statement(
                ids.next(),
                clock.instant(),
                installation.id(),
                actor.actor(),
                action,
                subject,
                outcome,
                Log.requestId(),
                keys.current(KEY));
    }

    private Sealed seal(Statement entry, Map<String, ?> detail) {
        var salt = ids.bytes(SALT_BYTES);
        var commitment = Commitment.of(salt, entry, detail);
        return new Sealed(salt, commitment, keys.sign(KEY, entry.keyId(), commitment).digest());
    }

    @SuppressWarnings("ArrayRecordComponent") // Lives for one call; nobody compares two.
    private record Sealed(byte[] salt, byte[] commitment, byte[] mac) {}
}
