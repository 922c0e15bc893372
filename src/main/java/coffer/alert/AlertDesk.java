package coffer.alert;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.id.Permission;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Alerts as people see them, and that they have seen one (ADR 0077). Only the facts end an alert;
 * an acknowledgement says who looks after it, and what they know.
 */
@ApplicationScoped
public class AlertDesk {

    /** The longest note. */
    public static final int LONGEST_NOTE = 500;

    private static final String ACKNOWLEDGE = "acknowledge";

    private final AlertViewLedger ledger;
    private final AuditTrail trail;

    @Inject
    AlertDesk(AlertViewLedger ledger, AuditTrail trail) {
        this.ledger = ledger;
        this.trail = trail;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected AlertDesk() {
        this(null, null);
    }

    /** At most so many of those that the caller sees. */
    @Transactional
    public List<AlertRow> list(Caller.Person caller, AlertFilter filter, long from, int most) {
        return ledger.page(path(caller), platform(caller), filter, from, most).stream()
                .map(row -> row.with(actions(caller, row)))
                .toList();
    }

    /**
     * One of them.
     *
     * @throws coffer.platform.Problem {@code alert not found}, which is also what is outside
     */
    @Transactional
    public AlertRow find(Caller.Person caller, UUID id) {
        var row =
                ledger.find(path(caller), platform(caller), id)
                        .orElseThrow(ProblemType.ALERT_NOT_FOUND::withoutDetail);
        return row.with(actions(caller, row));
    }

    /**
     * Somebody has seen it. Of several the first is told of; the others change nothing.
     *
     * @param note what they know or do; null for nothing
     * @throws coffer.platform.Problem not found, no permission, or the alert has ended
     */
    @Transactional(rollbackOn = RuntimeException.class)
    public AlertRow acknowledge(Caller.Person caller, UUID id, @Nullable String note) {
        var known = find(caller, id);
        if (!may(caller, known)) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
        if (known.resolvedAt() != null) {
            throw ProblemType.ALERT_ENDED.withoutDetail();
        }
        if (ledger.acknowledge(id, caller.actor(), note)) {
            trail.record(
                    caller,
                    "alert.acknowledged",
                    known.subject(),
                    "done",
                    Map.of("alert", id, "code", known.code(), "note", note == null ? "" : note));
        }
        return find(caller, id);
    }

    private static List<String> actions(Caller.Person caller, AlertRow row) {
        return may(caller, row) && row.resolvedAt() == null && row.acknowledgedAt() == null
                ? List.of(ACKNOWLEDGE)
                : List.of();
    }

    /** Who may mend what it is about. */
    private static boolean may(Caller.Person caller, AlertRow row) {
        return caller.may(
                row.organizationName() == null && !row.subject().startsWith("purge:")
                        ? Permission.JOBS_MANAGE
                        : Permission.SYSTEMS_MANAGE);
    }

    private static boolean platform(Caller.Person caller) {
        return caller.may(Permission.JOBS_READ);
    }

    private static String path(Caller.Person caller) {
        return caller.organizationPath().stream()
                .map(UUID::toString)
                .collect(Collectors.joining("/", "/", "/"));
    }
}
