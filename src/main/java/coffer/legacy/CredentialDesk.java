package coffer.legacy;

import coffer.access.MachineSecrets;
import coffer.access.SecretConfirmed;
import coffer.alert.AlertKind;
import coffer.alert.Alerts;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Map;

/**
 * Gives a system that came with a legacy pair a secret of ours. It may ask until it uses one; from
 * then on it does not need the pair, which ends when the grace is over.
 */
@ApplicationScoped
public class CredentialDesk {

    private static final AlertKind ASKED_AGAIN = AlertKind.LEGACY_CREDENTIALS_ASKED_AGAIN;
    private static final Caller LEGACY = new Caller.Machine("legacy");

    /** What came of asking. */
    sealed interface Outcome {

        /** A new secret, told here and never again. */
        record Minted(String systemKey, Secret secret) implements Outcome {}

        /** The system has its credential. */
        record Confirmed() implements Outcome {}
    }

    private final LegacyLedger ledger;
    private final MachineSecrets secrets;
    private final Alerts alerts;
    private final AuditTrail trail;
    private final LegacySettings settings;

    @Inject
    CredentialDesk(
            LegacyLedger ledger,
            MachineSecrets secrets,
            Alerts alerts,
            AuditTrail trail,
            LegacySettings settings) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.alerts = alerts;
        this.trail = trail;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected CredentialDesk() {
        this(null, null, null, null, null);
    }

    /**
     * Mints a secret for whoever calls with a legacy pair that has not been replaced yet. Who holds
     * the pair and asks later has lost the new secret, or is somebody else: people are told.
     */
    @Transactional
    Outcome issue(Caller.Appliance caller) {
        var systemId = caller.systemId();
        secrets.lock(systemId);
        var confirmed = ledger.confirmed(caller.secretId());
        if (confirmed.isEmpty()) {
            return new Outcome.Confirmed(); // It came with a secret of ours.
        }
        if (confirmed.get()) {
            alerts.open(ASKED_AGAIN, "system:" + systemId, Map.of());
            return new Outcome.Confirmed();
        }
        alerts.resolve(ASKED_AGAIN, "system:" + systemId);
        return new Outcome.Minted(caller.systemKey(), secrets.mint(caller, systemId));
    }

    /** In the transaction of the new secret's first use. */
    void confirmed(@Observes SecretConfirmed event) {
        var ending = ledger.confirm(event.systemId(), settings.grace());
        if (ending > 0) {
            trail.record(
                    LEGACY,
                    "legacy.grace_began",
                    "system:" + event.systemId(),
                    "done",
                    Map.of("pairs", ending, "grace_seconds", settings.grace().toSeconds()));
        }
    }
}
