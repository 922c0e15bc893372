package coffer.people;

import coffer.people.proof.ProviderSignIn;
import coffer.people.proof.ProviderSignOut;
import coffer.platform.Problem;
import coffer.platform.Secret;
import coffer.platform.web.HttpSettings;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.net.URI;
import java.util.Optional;

/** People at the pages who come from the OpenID Connect provider, and leave by it. */
@ApplicationScoped
public class ProviderDesk {

    private final PageDesk pages;
    private final SignInDesk desk;
    private final ProviderSignIn signIn;
    private final ProviderSignOut signOut;
    private final HttpSettings http;

    @Inject
    ProviderDesk(
            PageDesk pages,
            SignInDesk desk,
            ProviderSignIn signIn,
            ProviderSignOut signOut,
            HttpSettings http) {
        this.pages = pages;
        this.desk = desk;
        this.signIn = signIn;
        this.signOut = signOut;
        this.http = http;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ProviderDesk() {
        this(null, null, null, null, null);
    }

    /** What people call the provider that they may sign in at; empty without one. */
    public Optional<String> provider() {
        return signIn.name();
    }

    /** Sends a browser to the provider, from which it comes back to {@code path} here. */
    public ProviderSignIn.Departure depart(String path) {
        return signIn.depart(http.location(path));
    }

    /**
     * By what the provider says of who came back.
     *
     * @param ticket of {@link #depart}, from the browser
     * @param path as it was there
     * @throws Problem {@code service unavailable} while the provider is away
     */
    public PageDesk.Entry arrive(
            String ticket, String state, String code, String path, String address) {
        var wait = desk.throttle(address);
        if (wait.isPresent()) {
            return new PageDesk.Entry.Throttled(wait.get());
        }
        return signIn.arrive(ticket, state, code, http.location(path))
                .map(arrival -> enter(arrival, address))
                .orElseGet(PageDesk.Entry.Refused::new);
    }

    private PageDesk.Entry enter(ProviderSignIn.Arrival arrival, String address) {
        var outcome = desk.signIn(arrival.identity(), address);
        if (outcome instanceof SignInOutcome.Granted granted) {
            signOut.keep(granted.tokens().sessionId(), arrival.idToken());
        }
        return pages.entry(outcome);
    }

    /**
     * Ends the session here, on every node.
     *
     * @return a ticket to leave the provider by, where the session began there and can end there
     */
    public Optional<Secret> signOut(PageDesk.Visitor visitor) {
        var ticket = signOut.begin(visitor.sessionId());
        pages.signOut(visitor);
        return ticket;
    }

    /** Where the ticket leads, once; the browser comes back to {@code path} here. */
    public Optional<URI> leave(String ticket, String path) {
        return signOut.leave(ticket, http.location(path));
    }
}
