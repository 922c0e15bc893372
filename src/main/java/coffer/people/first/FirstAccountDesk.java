package coffer.people.first;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.organization.Organizations;
import coffer.people.proof.PasswordHash;
import coffer.platform.Ids;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.util.Map;

/** The first account's transaction. */
@ApplicationScoped
class FirstAccountDesk {

    private static final Caller FIRST = new Caller.Machine("first-start");

    private final FirstAccountLedger ledger;
    private final Organizations organizations;
    private final AuditTrail trail;
    private final Ids ids;

    @Inject
    FirstAccountDesk(
            FirstAccountLedger ledger, Organizations organizations, AuditTrail trail, Ids ids) {
        this.ledger = ledger;
        this.organizations = organizations;
        this.trail = trail;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected FirstAccountDesk() {
        this(null, null, null, null);
    }

    /** No account was ever made. */
    @Transactional
    boolean isEmpty() {
        return ledger.accounts() == 0;
    }

    /** As {@link #isEmpty}, or the first one's password was never changed. */
    @Transactional
    boolean isUntouched() {
        return ledger.accounts() == 0 || ledger.untouched().isPresent();
    }

    /**
     * Makes the account; false where another node was first.
     *
     * @param given somebody chose the password, so an account that was never used gets it, too; one
     *     that was made up must not end what another node has just told
     */
    @Transactional
    boolean make(PasswordHash hash, boolean given) {
        ledger.hold();
        var untouched = ledger.untouched();
        if (given && untouched.isPresent()) {
            ledger.password(untouched.get(), hash);
            trail.record(
                    FIRST,
                    "user.updated",
                    "user:" + untouched.get(),
                    "done",
                    Map.of("password", "set"));
            return true;
        }
        if (ledger.accounts() > 0) {
            return false;
        }
        var owner =
                ledger.owner()
                        .orElseGet(() -> organizations.create(FIRST, "owner", null, "Owner").id());
        var id = ids.next();
        ledger.add(id, owner, FirstAccount.USERNAME);
        ledger.password(id, hash);
        trail.record(
                FIRST,
                "user.created",
                "user:" + id,
                "done",
                Map.of("username", FirstAccount.USERNAME, "organization_id", owner));
        return true;
    }
}
