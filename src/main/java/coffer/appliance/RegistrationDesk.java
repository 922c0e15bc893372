package coffer.appliance;

import coffer.access.MachineSecrets;
import coffer.audit.AuditTrail;
import coffer.platform.TokenBuckets;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Registers systems: whoever holds the secret turns it on, once. Attempts are counted by address
 * and by the secret's public part, before anything is looked up.
 */
@ApplicationScoped
public class RegistrationDesk {

    private final ApplianceLedger ledger;
    private final MachineSecrets secrets;
    private final TokenBuckets buckets;
    private final ApplianceSettings settings;
    private final AuditTrail trail;
    private final SystemKeys keys;

    @Inject
    RegistrationDesk(
            ApplianceLedger ledger,
            MachineSecrets secrets,
            TokenBuckets buckets,
            ApplianceSettings settings,
            AuditTrail trail,
            SystemKeys keys) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.buckets = buckets;
        this.settings = settings;
        this.trail = trail;
        this.keys = keys;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected RegistrationDesk() {
        this(null, null, null, null, null, null);
    }

    /** Registers the system whose secret this is; {@code address} is the client's. */
    @Transactional
    RegistrationOutcome register(@Nullable String secret, String address) {
        if (secret == null || !secrets.isWellFormed(secret)) {
            return new RegistrationOutcome.Malformed();
        }
        var wait = throttle(secret, address);
        if (wait.isPresent()) {
            return new RegistrationOutcome.Throttled(wait.get());
        }
        return secrets.prove(secret)
                .map(proven -> register(proven, address))
                .orElseGet(RegistrationOutcome.Unproven::new);
    }

    private RegistrationOutcome register(MachineSecrets.Proven proven, String address) {
        var appliance = ledger.lock(proven.systemId()).orElseThrow();
        if (proven.deleted() || appliance.row().deletedAt() != null) {
            return new RegistrationOutcome.Deleted();
        }
        var now = keys.now();
        var first = appliance.register(now);
        var takesOver = secrets.takeOver(proven.caller(), proven.systemId(), proven.secretId());
        if (!first && !takesOver) {
            return new RegistrationOutcome.RegisteredBefore();
        }
        appliance.registerAgain(now);
        trail.record(
                proven.caller(),
                first ? "system.registered" : "system.registered_again",
                "system:" + proven.systemId(),
                "done",
                Map.of("address", address));
        return new RegistrationOutcome.Registered(proven.systemKey(), now);
    }

    private Optional<Duration> throttle(String secret, String address) {
        return buckets.take("register:address:" + address, settings.byAddress())
                .or(() ->
                        buckets.take(
                                "register:secret:" + secrets.publicPart(secret),
                                settings.bySecret()));
    }
}
