package coffer.people;

import coffer.id.Caller;
import coffer.people.proof.AccessTokens;
import coffer.people.proof.SignInSettings;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.Secret;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

import org.eclipse.microprofile.jwt.JsonWebToken;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * People at the pages. Their cookie holds an access token of their session: the container checks
 * it, the catalogue says whether the session still stands, so that a sign-out or a new password
 * ends it on every node. It is replaced while pages are opened and dies of idleness otherwise; no
 * refresh token is in a browser.
 */
@ApplicationScoped
public class PageDesk {

    /** The cookie's name; {@code __Host-} has a browser bind it to this host and to TLS. */
    public static final String COOKIE = "__Host-coffer";

    /** What came of a sign-in. */
    public sealed interface Entry {

        /** In; the token is for the cookie. */
        record In(Secret token) implements Entry {}

        /** Not in, and nobody is told why. */
        record Refused() implements Entry {}

        /** Too many attempts; not before this. */
        record Throttled(Duration pause) implements Entry {}
    }

    /**
     * Who opens a page.
     *
     * @param locale {@code en} or {@code it}
     * @param organization the name of theirs
     * @param mustChange the password was set by somebody else: nothing else before it is changed
     * @param renewed replaces the cookie's token, when it is time
     */
    public record Visitor(
            Caller.Person caller,
            UUID sessionId,
            String username,
            String name,
            String locale,
            String organization,
            boolean mustChange,
            Optional<Secret> renewed) {}

    private static final int RENEWALS = 6;

    private final SignInDesk desk;
    private final Sessions sessions;
    private final PeopleAccess access;
    private final OwnAccount account;
    private final AccessTokens tokens;
    private final SignInSettings settings;

    @Inject
    PageDesk(
            SignInDesk desk,
            Sessions sessions,
            PeopleAccess access,
            OwnAccount account,
            AccessTokens tokens,
            SignInSettings settings) {
        this.desk = desk;
        this.sessions = sessions;
        this.access = access;
        this.account = account;
        this.tokens = tokens;
        this.settings = settings;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected PageDesk() {
        this(null, null, null, null, null, null);
    }

    /** By user name and password; {@code address} is the client's. */
    public Entry signIn(String username, String password, String address) {
        return entry(desk.signIn(username, new Secret(password), address));
    }

    Entry entry(SignInOutcome outcome) {
        return switch (outcome) {
            case SignInOutcome.Granted(var row, var granted) ->
                    new Entry.In(token(row.id(), granted.sessionId()));
            case SignInOutcome.Refused() -> new Entry.Refused();
            case SignInOutcome.Throttled(var pause) -> new Entry.Throttled(pause);
        };
    }

    /**
     * Who the cookie's token belongs to; nobody if it is not good any more.
     *
     * @throws Problem {@code service unavailable}
     */
    public Optional<Visitor> visitor(HttpServletRequest request, String token) {
        try {
            var caller = access.visitor(request, token);
            var session = access.session(request).orElseThrow();
            var row = account.find(caller);
            return Optional.of(
                    new Visitor(
                            caller,
                            session,
                            row.username(),
                            row.name(),
                            row.locale(),
                            row.organization().name(),
                            row.mustChange(),
                            renewed(request, row.id(), session)));
        } catch (Problem refused) {
            if (refused.type() == ProblemType.INVALID_TOKEN) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /**
     * Why a cookie's token is not good any more, after {@link #visitor} has found nobody: told to
     * who has a token that we signed, and of others that they have been idle, if they say so.
     */
    public Optional<Ending> ending(HttpServletRequest request, String token) {
        var session = access.session(request);
        if (session.isPresent()) {
            return sessions.ending(session.get());
        }
        return tokens.isPast(token) ? Optional.of(Ending.IDLE) : Optional.empty();
    }

    /** Ends the session, on every node. */
    public void signOut(Visitor visitor) {
        sessions.end(
                visitor.caller(), visitor.caller().userId(), visitor.sessionId(), "signed out");
    }

    /**
     * A change of password. It is begun by reading the account, so that what is typed is held
     * against the password as it was then, whoever changes it meanwhile.
     */
    public final class PasswordChange {

        private final Visitor visitor;
        private final AccountRow row;

        private PasswordChange(Visitor visitor) {
            this.visitor = visitor;
            this.row = account.find(visitor.caller());
        }

        /**
         * Proves the current password, outside of any transaction, as hashing takes its time.
         *
         * @return sets the next one; every other session ends
         * @throws Problem {@code validation failed}, of {@code current_password} or {@code
         *     new_password}; {@code too many sign-in attempts}
         */
        public Runnable prove(String current, String next) {
            account.prove(row, new Secret(current));
            var hash = account.hash("new_password", row.username(), next);
            return () -> account.replacePassword(visitor.caller(), visitor.sessionId(), hash);
        }
    }

    /** Begins a change of password. */
    public PasswordChange changePassword(Visitor visitor) {
        return new PasswordChange(visitor);
    }

    /** Has the pages, and what is sent to the person, speak {@code locale}. */
    public void speak(Visitor visitor, String locale) {
        account.describe(visitor.caller(), null, locale);
    }

    /** The person's own account, as others see it. */
    public UserView account(Visitor visitor) {
        return UserView.of(account.find(visitor.caller()), List.of());
    }

    /** What others call the person, and the language. */
    public void describe(Visitor visitor, String name, String locale) {
        account.describe(visitor.caller(), name, locale);
    }

    private Secret token(UUID accountId, UUID sessionId) {
        return tokens.issue(accountId, sessionId, settings.pageIdle());
    }

    /** Not with each page: the old one is good for most of its life. */
    private Optional<Secret> renewed(HttpServletRequest request, UUID accountId, UUID sessionId) {
        var since =
                request.getUserPrincipal() instanceof JsonWebToken known
                        ? Instant.ofEpochSecond(known.getIssuedAtTime())
                        : Instant.EPOCH;
        var due = since.plus(settings.pageIdle().dividedBy(RENEWALS));
        return Instant.now().isBefore(due)
                ? Optional.empty()
                : Optional.of(token(accountId, sessionId));
    }
}
