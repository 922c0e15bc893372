package coffer.access;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.platform.Ids;
import coffer.platform.Mac;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Issues, ends and proves the secrets of systems. The text of one is told once, when it is made.
 */
@ApplicationScoped
public class MachineSecrets {

    private static final int PUBLIC_BYTES = 10;
    private static final int HIDDEN_BYTES = 20;
    private static final String REISSUED = "secret.reissued";
    private static final int MOST_PENDING = 10;

    /**
     * Somebody holds this system's secret, whatever the system's state.
     *
     * @param deleted the system or an organization above it is
     */
    public record Proven(
            UUID systemId, String systemKey, UUID secretId, List<UUID> path, boolean deleted) {

        /** Copies the path. */
        public Proven {
            path = List.copyOf(path);
        }

        /** The holder, as the audit trail names it. */
        public Caller.Appliance caller() {
            return new Caller.Appliance(systemId, systemKey, secretId, path);
        }
    }

    private final CredentialLedger ledger;
    private final SecretDigests digests;
    private final AuditTrail trail;
    private final Event<CredentialsChanged> changes;
    private final Event<SecretConfirmed> confirmations;
    private final Ids ids;

    @Inject
    MachineSecrets(
            CredentialLedger ledger,
            SecretDigests digests,
            AuditTrail trail,
            Event<CredentialsChanged> changes,
            Event<SecretConfirmed> confirmations,
            Ids ids) {
        this.ledger = ledger;
        this.digests = digests;
        this.trail = trail;
        this.changes = changes;
        this.confirmations = confirmations;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected MachineSecrets() {
        this(null, null, null, null, null, null);
    }

    /** Makes a secret for a system; the others keep working. */
    @Transactional(MANDATORY)
    public Secret issue(Caller caller, UUID systemId) {
        return issue(caller, systemId, "secret.issued", false);
    }

    /**
     * Makes a secret for replacement hardware: it lets nobody in until it has registered, and that
     * ends every other one. Until then those work on. An earlier one that still waits ends now.
     */
    @Transactional(MANDATORY)
    public Secret reissue(Caller caller, UUID systemId) {
        ledger.endAwaiting(systemId);
        return issue(caller, systemId, REISSUED, false);
    }

    /** False unless this secret waited for its registration; then all others have ended. */
    @Transactional(MANDATORY)
    public boolean takeOver(Caller caller, UUID systemId, UUID secretId) {
        var takes = ledger.takeOver(systemId, secretId);
        if (takes) {
            record(caller, "secret.took_over", systemId, Map.of("secret_id", secretId.toString()));
        }
        return takes;
    }

    /**
     * Makes a secret whose first use confirms it and ends the other pending ones ({@link
     * SecretConfirmed}). A client that asks again and again gets a new one each time; the newest
     * few work.
     */
    @Transactional(MANDATORY)
    public Secret mint(Caller caller, UUID systemId) {
        ledger.lockSystem(systemId);
        ledger.endPending(systemId, MOST_PENDING - 1);
        return issue(caller, systemId, "secret.minted", true);
    }

    private Secret issue(Caller caller, UUID systemId, String action, boolean pending) {
        var text =
                new SecretText("cof_" + ids.hex(PUBLIC_BYTES), new Secret(ids.hex(HIDDEN_BYTES)));
        var secretId = ids.next();
        ledger.add(secretId, systemId, text.publicPart(), digests.keyed(text.hidden()), pending);
        if (action.equals(REISSUED)) {
            ledger.await(secretId);
        }
        record(caller, action, systemId, Map.of("secret_id", secretId.toString()));
        return text.whole();
    }

    /** Serializes minting and confirming of one system with whatever the caller does besides. */
    @Transactional(MANDATORY)
    public void lock(UUID systemId) {
        ledger.lockSystem(systemId);
    }

    /** The digest under which a secret of the old platform is kept. */
    public Mac digest(Secret legacy) {
        return digests.keyed(legacy);
    }

    /** Its first use. False when another pending secret was confirmed before it. */
    @Transactional
    boolean confirm(CredentialRow row) {
        if (!ledger.lock(row.systemId(), row.secretId())) {
            return false;
        }
        if (ledger.confirm(row.secretId())) {
            var others = ledger.endPending(row.systemId(), 0);
            confirmations.fire(new SecretConfirmed(row.systemId()));
            record(
                    row.caller(),
                    "secret.confirmed",
                    row.systemId(),
                    Map.of("secret_id", row.secretId().toString(), "others_ended", others));
        }
        return true;
    }

    /**
     * Makes a new secret, and lets every older one end.
     *
     * @param overlap how much longer the older ones work; zero ends them with this transaction
     */
    @Transactional(MANDATORY)
    public Secret rotate(Caller caller, UUID systemId, Duration overlap) {
        if (overlap.isNegative()) {
            throw new IllegalArgumentException("an overlap is zero or more");
        }
        ledger.endAwaiting(systemId);
        var ended = ledger.end(systemId, overlap);
        record(
                caller,
                "secret.ended",
                systemId,
                Map.of("count", ended, "overlap_seconds", overlap.toSeconds()));
        return issue(caller, systemId);
    }

    /** Whose secret this is; empty for any text that is nobody's, or has ended. */
    @Transactional
    public Optional<Proven> prove(String text) {
        var secret = SecretText.parse(text);
        if (secret.isEmpty()) {
            return Optional.empty();
        }
        var row = ledger.find(secret.get().publicPart());
        var matches = digests.matches(row.orElse(null), secret.get().hidden());
        return row.filter(found -> matches && found.open())
                .map(found ->
                        new Proven(
                                found.systemId(),
                                found.systemKey(),
                                found.secretId(),
                                found.path(),
                                found.deleted()));
    }

    /** True for a text that can be a secret at all. */
    public boolean isWellFormed(String text) {
        return SecretText.parse(text).isPresent();
    }

    /** The part that names a secret without proving it; only of a well-formed text. */
    public String publicPart(String text) {
        return SecretText.parse(text).orElseThrow().publicPart();
    }

    /** Replaces an imported digest, or one by a former pepper, now that the secret is at hand. */
    @Transactional
    void renew(CredentialRow row, Secret hidden) {
        var mac = digests.keyed(hidden);
        if (ledger.replace(row, mac)) {
            trail.record(
                    row.caller(),
                    "secret.rehashed",
                    "system:" + row.systemId(),
                    "done",
                    Map.of("scheme_before", row.scheme(), "key_id", mac.keyId()));
        }
    }

    private void record(Caller caller, String action, UUID systemId, Map<String, ?> detail) {
        trail.record(caller, action, "system:" + systemId, "done", detail);
        changes.fire(CredentialsChanged.ofSystem(systemId));
    }
}
