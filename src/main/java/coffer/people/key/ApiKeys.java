package coffer.people.key;

import static coffer.platform.web.Paging.invalid;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.people.PeopleChanged;
import coffer.people.proof.ApiKeyText;
import coffer.platform.Ids;
import coffer.platform.KeyRing;
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
import java.util.UUID;

/** The caller's own keys. A key makes no keys, nor does whoever has yet to change a password. */
@ApplicationScoped
public class ApiKeys {

    private static final int MOST = 20;
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 366;

    /** A new key and, this once, what to send. */
    public record Made(ApiKeyView key, Secret text) {}

    private final ApiKeyLedger ledger;
    private final KeyRing keys;
    private final AuditTrail trail;
    private final Event<PeopleChanged> changes;
    private final Ids ids;

    @Inject
    ApiKeys(
            ApiKeyLedger ledger,
            KeyRing keys,
            AuditTrail trail,
            Event<PeopleChanged> changes,
            Ids ids) {
        this.ledger = ledger;
        this.keys = keys;
        this.trail = trail;
        this.changes = changes;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ApiKeys() {
        this(null, null, null, null, null);
    }

    /** Those that neither ended nor expired. */
    public List<ApiKeyView> list(Caller.Person caller) {
        return ledger.living(caller.userId());
    }

    /**
     * A new one, by which a program acts for the caller.
     *
     * @param wantedScope {@code read} or {@code write}; null is read
     * @param wantedDays 1 to 366; null is 90
     */
    @Transactional
    public Made create(
            Caller.Person caller,
            String name,
            @Nullable String wantedScope,
            @Nullable Integer wantedDays) {
        if (name.isBlank() || name.length() > 100) {
            throw invalid("name", "must have 1 to 100 characters", name);
        }
        var scope = wantedScope == null ? "read" : wantedScope;
        if (!scope.equals("read") && !scope.equals("write")) {
            throw invalid("scope", "must be read or write", scope);
        }
        var days = wantedDays == null ? USUAL_DAYS : wantedDays;
        if (days < 1 || days > MOST_DAYS) {
            throw invalid(
                    "expires_in_days",
                    "must be a number from 1 to " + MOST_DAYS,
                    String.valueOf(days));
        }
        requirePerson(caller);
        ledger.lock(caller.userId());
        if (ledger.living(caller.userId()).size() >= MOST) {
            throw ProblemType.TOO_MANY_API_KEYS.withoutDetail();
        }
        var id = ids.next();
        var text = ApiKeyText.random(ids);
        var mac = keys.sign("pepper", text.hidden().bytes());
        ledger.add(id, caller.userId(), name, scope, text.publicPart(), mac, Duration.ofDays(days));
        record(caller, "api_key.created", id, Map.of("scope", scope, "name", name));
        var view =
                ledger.living(caller.userId()).stream()
                        .filter(key -> key.id().equals(id))
                        .findFirst()
                        .orElseThrow();
        return new Made(view, text.whole());
    }

    /** Ends one at once, on every node. */
    @Transactional
    public void delete(Caller.Person caller, UUID id) {
        requirePerson(caller);
        if (!ledger.end(caller.userId(), id)) {
            throw ProblemType.API_KEY_NOT_FOUND.withoutDetail();
        }
        record(caller, "api_key.deleted", id, Map.of());
    }

    private static void requirePerson(Caller.Person caller) {
        if (caller.apiKeyId().isPresent() || caller.permissions().isEmpty()) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
    }

    private void record(Caller.Person caller, String action, UUID id, Map<String, ?> detail) {
        trail.record(caller, action, "api-key:" + id, "done", detail);
        changes.fire(new PeopleChanged(caller.userId()));
    }
}
