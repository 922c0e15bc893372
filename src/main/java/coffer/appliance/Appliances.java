package coffer.appliance;

import static jakarta.transaction.Transactional.TxType.MANDATORY;

import coffer.access.CredentialsChanged;
import coffer.access.MachineSecrets;
import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The systems, as administrators deal with them. What ends a system's access ends it on every node
 * within a second of the commit. Who may decide is the caller's affair.
 */
@ApplicationScoped
public class Appliances {

    private static final Duration LEAST_CADENCE = Duration.ofHours(1);
    private static final Duration MOST_CADENCE = Duration.ofDays(90);

    private final ApplianceLedger ledger;
    private final MachineSecrets secrets;
    private final Organizations organizations;
    private final AuditTrail trail;
    private final Event<CredentialsChanged> changes;
    private final SystemKeys keys;

    @Inject
    Appliances(
            ApplianceLedger ledger,
            MachineSecrets secrets,
            Organizations organizations,
            AuditTrail trail,
            Event<CredentialsChanged> changes,
            SystemKeys keys) {
        this.ledger = ledger;
        this.secrets = secrets;
        this.organizations = organizations;
        this.trail = trail;
        this.changes = changes;
        this.keys = keys;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Appliances() {
        this(null, null, null, null, null, null);
    }

    /** Makes a system and tells its secret, this once. It must register before it is let in. */
    @Transactional
    public NewAppliance create(
            Caller caller, UUID organizationId, ApplianceDescription description) {
        check(description);
        var owner = organizations.along(List.of(organizationId));
        if (owner.isEmpty() || owner.getFirst().deleted()) {
            throw ProblemType.ORGANIZATION_NOT_FOUND.withoutDetail();
        }
        var appliance =
                new Appliance(keys.id(), organizationId, keys.next(), description, keys.now());
        ledger.add(appliance);
        var row = appliance.row();
        record(caller, row.id(), "created", Map.of("name", row.name()));
        return new NewAppliance(row, secrets.issue(caller, row.id()));
    }

    /**
     * Replaces a system's secret; a registered one stays registered.
     *
     * @param overlap how much longer the old one works too; zero ends it at once
     * @return the new secret, told here and never again
     */
    @Transactional
    public Secret rotateSecret(Caller caller, UUID id, Duration overlap) {
        var appliance = ledger.lock(id).orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        return secrets.rotate(caller, appliance.row().id(), overlap);
    }

    /**
     * A secret for replacement hardware: its registration ends the one in use now, which works
     * until then. The system, its key and its backups stay.
     */
    @Transactional
    public Secret reissue(Caller caller, UUID id) {
        var appliance = ledger.lock(id).orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        return secrets.reissue(caller, appliance.row().id());
    }

    /** Describes it anew; {@code cadence} is the declared time between uploads, or null. */
    @Transactional
    public void describe(
            Caller caller, UUID id, ApplianceDescription description, @Nullable Duration cadence) {
        check(description);
        if (cadence != null && !cadence.equals(within(cadence))) {
            throw invalid("cadence_seconds", "must be 3600 to 7776000", "" + cadence.toSeconds());
        }
        var appliance = ledger.lock(id).orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        appliance.describe(description, cadence);
        trail.record(
                caller,
                "system.described",
                "system:" + id,
                "done",
                Map.of("name", description.name()));
    }

    /** Gives it to another organization; its counters are for the caller to move along. */
    @Transactional(MANDATORY)
    public void reassign(Caller caller, UUID id, UUID from, UUID to) {
        var appliance = ledger.lock(id).orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        if (appliance.reassign(to)) {
            record(caller, id, "reassigned", Map.of("from", from.toString(), "to", to.toString()));
        }
    }

    /** Silent for longer, a system counts as inactive. */
    public Duration activeWithin() {
        return keys.activeWithin();
    }

    /** Ends its access until it is reactivated. */
    @Transactional
    public void suspend(Caller caller, UUID id) {
        change(caller, id, "suspended", appliance -> appliance.suspend(keys.now()));
    }

    /** Takes its own suspension back; one of an organization above still holds. */
    @Transactional
    public void reactivate(Caller caller, UUID id) {
        change(caller, id, "reactivated", Appliance::reactivate);
    }

    /** Ends its access; its backups are kept. */
    @Transactional
    public void delete(Caller caller, UUID id) {
        change(caller, id, "deleted", appliance -> appliance.delete(keys.now()));
    }

    /** Takes its own deletion back: the same secret works again. */
    @Transactional
    public void restore(Caller caller, UUID id) {
        change(caller, id, "restored", Appliance::restore);
    }

    /** One system. */
    @Transactional
    public Optional<ApplianceRow> find(UUID id) {
        return ledger.find(id).map(Appliance::row);
    }

    private void change(Caller caller, UUID id, String change, Predicate<Appliance> transition) {
        var appliance = ledger.lock(id).orElseThrow(ProblemType.SYSTEM_NOT_FOUND::withoutDetail);
        if (transition.test(appliance)) {
            record(caller, id, change, Map.of());
        }
    }

    private void record(Caller caller, UUID id, String change, Map<String, ?> detail) {
        trail.record(caller, "system." + change, "system:" + id, "done", detail);
        changes.fire(CredentialsChanged.ofSystem(id));
    }

    private static void check(ApplianceDescription description) {
        if (description.name().isBlank() || description.name().length() > 200) {
            throw invalid("name", "must have 1 to 200 characters", description.name());
        }
        if (longer(description.type(), 50)) {
            throw invalid("type", "must have at most 50 characters", "");
        }
        if (longer(description.fqdn(), 253)) {
            throw invalid("fqdn", "must have at most 253 characters", "");
        }
    }

    private static boolean longer(@Nullable String text, int most) {
        return text != null && text.length() > most;
    }

    private static Duration within(Duration cadence) {
        return cadence.compareTo(LEAST_CADENCE) < 0
                ? LEAST_CADENCE
                : cadence.compareTo(MOST_CADENCE) > 0 ? MOST_CADENCE : cadence;
    }

    private static Problem invalid(String key, String message, String value) {
        return ProblemType.VALIDATION.with(
                Map.of("errors", List.of(Map.of("key", key, "message", message, "value", value))));
    }
}
