package coffer.ui;

import coffer.id.Open;
import coffer.people.PageDesk;
import coffer.people.ProviderDesk;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Sends a browser to the OpenID Connect provider, and is where it comes back to. */
@Named
@RequestScoped
@Open("the provider's ID token is the proof; throttled by address")
public class ProviderPage {

    private final Visit visit;
    private final ProviderDesk desk;
    private final TrustedProxies proxies;

    @Inject
    ProviderPage(Visit visit, ProviderDesk desk, TrustedProxies proxies) {
        this.visit = visit;
        this.desk = desk;
        this.proxies = proxies;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected ProviderPage() {
        this(null, null, null);
    }

    /** One of both; before the view is made, which shows nothing. */
    public void go() {
        if (desk.provider().isEmpty()) {
            throw ProblemType.ROUTE_NOT_FOUND.withoutDetail();
        }
        if (visit.parameter("state") == null) {
            depart();
        } else {
            arrive();
        }
    }

    private void depart() {
        var next = Addresses.ours(visit.parameter("next")).getBytes(StandardCharsets.UTF_8);
        var departure = desk.depart(PageFilter.PROVIDER);
        Cookies.depart(
                visit.response(),
                departure.ticket().reveal()
                        + "|"
                        + Base64.getUrlEncoder().withoutPadding().encodeToString(next));
        visit.leaveTo(departure.address());
    }

    private void arrive() {
        var cookie = Cookies.read(visit.request(), Cookies.TICKET).orElse("|").split("\\|", -1);
        var next = cookie.length == 2 ? next(cookie[1]) : PageFilter.HOME;
        Cookies.arrive(visit.response());
        try {
            switch (entry(cookie[0])) {
                case PageDesk.Entry.In(var token) -> {
                    Cookies.signIn(visit.response(), token.reveal());
                    visit.leaveTo(next);
                }
                case PageDesk.Entry.Refused() -> fail("provider-refused", next);
                case PageDesk.Entry.Throttled(var pause) -> fail("provider-throttled", next);
            }
        } catch (Problem away) {
            if (away.type() != ProblemType.UNAVAILABLE) {
                throw away;
            }
            fail("provider-away", next);
        }
    }

    private PageDesk.Entry entry(String ticket) {
        var state = visit.parameter("state");
        var code = visit.parameter("code");
        if (state == null || code == null) {
            return new PageDesk.Entry.Refused(); // The person said no, or the provider did.
        }
        var address = proxies.clientAddress(visit.request());
        return desk.arrive(ticket, state, code, PageFilter.PROVIDER, address);
    }

    private void fail(String why, String next) {
        visit.leaveTo(
                Addresses.of(PageFilter.SIGN_IN)
                        .with("failure", why)
                        .with("next", next.equals(PageFilter.HOME) ? null : next)
                        .toString());
    }

    /** Whatever a browser brings along, the address is one of ours. */
    private static String next(String encoded) {
        try {
            return Addresses.ours(
                    new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException nonsense) {
            return PageFilter.HOME;
        }
    }
}
