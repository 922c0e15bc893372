package coffer.people;

import coffer.audit.AuditTrail;
import coffer.id.Caller;
import coffer.people.proof.AccessTokens;
import coffer.people.proof.RefreshTokens;
import coffer.platform.Ids;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Sessions: opened by a sign-in, carried on by refresh tokens that work once, ended by a sign-out,
 * a new password, an old refresh token shown again, or their age. A refresh continues what the
 * audit entry of its sign-in began, and has none of its own.
 */
@ApplicationScoped
class Sessions {

    /** What a person carries away. */
    record Tokens(
            UUID accountId, UUID sessionId, Secret access, Secret refresh, Duration expiresIn) {}

    private static final Caller SIGN_IN = new Caller.Machine("sign-in");
    private static final int SEED_BYTES = 32;

    private final SessionLedger ledger;
    private final AccessTokens access;
    private final RefreshTokens refresh;
    private final AuditTrail trail;
    private final Event<PeopleChanged> changes;
    private final Ids ids;

    @Inject
    Sessions(
            SessionLedger ledger,
            AccessTokens access,
            RefreshTokens refresh,
            AuditTrail trail,
            Event<PeopleChanged> changes,
            Ids ids) {
        this.ledger = ledger;
        this.access = access;
        this.refresh = refresh;
        this.trail = trail;
        this.changes = changes;
        this.ids = ids;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Sessions() {
        this(null, null, null, null, null, null);
    }

    /** A new one. */
    @Transactional
    Tokens open(UUID accountId, String how, String address) {
        var id = ids.next();
        var seed = ids.bytes(SEED_BYTES);
        var key = refresh.currentKey();
        ledger.open(id, accountId, seed, key, refresh.sessionTtl());
        trail.record(
                SIGN_IN,
                "user.signed_in",
                "user:" + accountId,
                "done",
                Map.of("session_id", id, "by", how, "address", address));
        return tokens(accountId, id, refresh.token(id, 0, seed, key));
    }

    /**
     * The next tokens of a session. A token of it that was used before says that somebody has a
     * copy: the session ends.
     */
    @Transactional
    Optional<Tokens> renew(String text) {
        var claim = refresh.parse(text);
        var found = claim.flatMap(proof -> ledger.lock(proof.sessionId()));
        if (found.isEmpty() || claim.isEmpty()) {
            return Optional.empty();
        }
        var session = found.get();
        var proof = claim.get();
        if (!refresh.isOurs(proof, session.seed(), session.keyId()) || !session.open()) {
            return Optional.empty();
        }
        if (proof.generation() != session.generation()) {
            end(SIGN_IN, session.accountId(), session.id(), "refresh token used twice");
            return Optional.empty();
        }
        ledger.renew(session.id());
        var next = session.generation() + 1;
        return Optional.of(
                tokens(
                        session.accountId(),
                        session.id(),
                        refresh.token(session.id(), next, session.seed(), session.keyId())));
    }

    /** Ends one; its access token with it, on every node. */
    @Transactional
    void end(Caller caller, UUID accountId, UUID sessionId, String cause) {
        if (ledger.end(sessionId, cause)) {
            trail.record(
                    caller,
                    "user.signed_out",
                    "user:" + accountId,
                    "done",
                    Map.of("session_id", sessionId, "cause", cause));
            changes.fire(new PeopleChanged(accountId));
        }
    }

    /** Why one is over; empty while it goes on, or where it is not known any more. */
    Optional<Ending> ending(UUID sessionId) {
        return ledger.ending(sessionId);
    }

    /** Drops those that ended long ago. */
    void purge(int most) {
        ledger.purge(most);
    }

    private Tokens tokens(UUID accountId, UUID sessionId, Secret next) {
        return new Tokens(
                accountId, sessionId, access.issue(accountId, sessionId), next, access.ttl());
    }
}
