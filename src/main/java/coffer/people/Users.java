package coffer.people;

import static coffer.platform.web.Paging.invalid;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.id.Role;
import coffer.id.Visibility;
import coffer.people.proof.PasswordHash;
import coffer.platform.Ids;
import coffer.platform.ProblemType;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Accounts, as those above manage them. Nobody acts on an account outside their subtree, nor on one
 * that may more than they; nobody gives what they do not have; nobody takes their own away.
 */
@ApplicationScoped
public class Users {

    private final AccountLedger ledger;
    private final SessionLedger sessions;
    private final AuditTrail trail;
    private final Event<PeopleChanged> changes;
    private final Ids ids;

    @Inject
    Users(
            AccountLedger ledger,
            SessionLedger sessions,
            AuditTrail trail,
            Event<PeopleChanged> changes,
            Ids ids) {
        this.ledger = ledger;
        this.sessions = sessions;
        this.trail = trail;
        this.changes = changes;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Users() {
        this(null, null, null, null, null);
    }

    /** One account of the caller's subtree. */
    @Transactional
    AccountRow find(Caller.Person caller, UUID id) {
        var row = ledger.find(id).orElseThrow(ProblemType.USER_NOT_FOUND::withoutDetail);
        Visibility.of(caller).require(row.organization().path(), ProblemType.ACCESS_DENIED_TO_USER);
        return row;
    }

    /** What an account of the caller's subtree is called, for who may read accounts. */
    @Transactional(dontRollbackOn = coffer.platform.Problem.class)
    public Optional<String> name(Caller.Person caller, UUID id) {
        return caller.may(coffer.id.Permission.USERS_READ)
                ? ledger.find(id)
                        .filter(row -> Visibility.of(caller).covers(row.organization().path()))
                        .map(AccountRow::name)
                : Optional.empty();
    }

    /** Adds an account; {@code password} has been hashed before this transaction began. */
    @Transactional
    AccountRow create(Caller.Person caller, UserInput input, @Nullable PasswordHash password) {
        if (input.username() == null) {
            throw invalid("username", "must not be absent", null);
        }
        var id = ids.next();
        var change = UserChanges.created(caller, input, password);
        check(caller, id, change);
        ledger.add(id, change);
        record(
                caller,
                "user.created",
                id,
                Map.of(
                        "username", change.username(),
                        "organization_id", change.organizationId(),
                        "roles", wire(change.roles())));
        return ledger.find(id).orElseThrow();
    }

    /** Changes an account; sessions end where the password or the account does. */
    @Transactional
    AccountRow update(
            Caller.Person caller, UUID id, UserInput input, @Nullable PasswordHash password) {
        ledger.lock(List.of(caller.userId(), id));
        var before = find(caller, id);
        requireRank(caller, before.roles(), before.organization().owner());
        var change = UserChanges.changed(before, input, password);
        if (caller.userId().equals(id) && UserChanges.isAboutStanding(before, change)) {
            throw ProblemType.ACCESS_DENIED_TO_USER.withoutDetail();
        }
        check(caller, id, change);
        ledger.change(id, change);
        if (password != null || change.disabled()) {
            sessions.endAll(id, null, password != null ? "password set" : "account disabled");
        }
        record(caller, "user.updated", id, UserChanges.differences(before, change));
        return ledger.find(id).orElseThrow();
    }

    /** Ends an account: its sessions and keys, and all that is known of the person but the id. */
    @Transactional
    void delete(Caller.Person caller, UUID id) {
        ledger.lock(List.of(caller.userId(), id));
        var row = find(caller, id);
        if (caller.userId().equals(id)) {
            throw ProblemType.ACCESS_DENIED_TO_USER.withoutDetail();
        }
        requireRank(caller, row.roles(), row.organization().owner());
        requireStillThere(caller);
        sessions.endAll(id, null, "account deleted");
        sessions.endKeys(id);
        ledger.delete(id);
        record(caller, "user.deleted", id, Map.of("username", row.username()));
    }

    /** What this caller may do to an account, for {@code actions}. */
    static List<String> actions(Caller.Person caller, AccountRow row) {
        if (!caller.may(coffer.id.Permission.USERS_MANAGE)
                || !outranks(caller, row.roles(), row.organization().owner())) {
            return List.of();
        }
        return caller.userId().equals(row.id())
                ? List.of("update")
                : List.of("update", "disable", "reset_password", "delete");
    }

    private void check(Caller.Person caller, UUID id, AccountChange change) {
        var home =
                ledger.home(change.organizationId())
                        .orElseThrow(ProblemType.ORGANIZATION_NOT_FOUND::withoutDetail);
        Visibility.of(caller).require(home.path(), ProblemType.ACCESS_DENIED_TO_ORGANIZATION);
        requireRank(caller, change.roles(), home.owner());
        if (!ledger.isFree(id, change.username(), change.identity())) {
            throw ProblemType.USER_EXISTS.withoutDetail();
        }
    }

    /** Two that remove each other at once: the second finds itself gone. */
    private void requireStillThere(Caller.Person caller) {
        if (ledger.find(caller.userId()).isEmpty()) {
            throw ProblemType.INVALID_TOKEN.withoutDetail();
        }
    }

    private static void requireRank(Caller.Person caller, List<Role> roles, boolean owner) {
        if (!outranks(caller, roles, owner)) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
    }

    static boolean outranks(Caller.Person caller, List<Role> roles, boolean owner) {
        return caller.permissions().containsAll(Role.allowed(roles, owner))
                && (caller.platform() || !roles.contains(Role.SUPER_ADMIN));
    }

    private void record(Caller caller, String action, UUID id, Map<String, ?> detail) {
        trail.record(caller, action, "user:" + id, "done", detail);
        changes.fire(new PeopleChanged(id));
    }

    private static List<String> wire(List<Role> roles) {
        return roles.stream().map(Role::wire).toList();
    }
}
