package coffer.ui;

import coffer.id.Open;
import coffer.people.ProviderDesk;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Between the session here, which is over, and the one at the provider: sends the browser there,
 * and is where it comes back to. It ends nothing by itself, so an address that somebody was sent
 * does nothing.
 */
@Named
@RequestScoped
@Open("nobody is signed in any more; the ticket of the sign-out is the proof")
public class SignedOutPage {

    /** Where the page leads by itself: no form sends it, so no policy for forms holds it back. */
    private static final String GO = PageFilter.SIGNED_OUT + "?go=yes";

    private final Visit visit;
    private final ProviderDesk desk;

    @Inject
    SignedOutPage(Visit visit, ProviderDesk desk) {
        this.visit = visit;
        this.desk = desk;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SignedOutPage() {
        this(null, null);
    }

    /** Before the view is made: there, back, or neither. */
    public void go() {
        var ticket = Cookies.read(visit.request(), Cookies.LEAVING).orElse(null);
        var state = visit.parameter("state");
        if (ticket == null) {
            end("signed-out");
        } else if (state != null) {
            Cookies.left(visit.response());
            end(same(ticket, state) ? "signed-out-there" : "signed-out");
        } else if (visit.parameter("go") != null) {
            desk.leave(ticket, PageFilter.SIGNED_OUT)
                    .ifPresentOrElse(there -> visit.leaveTo(there.toString()), this::stay);
        } else {
            visit.response().setHeader("Refresh", "0; url=" + GO);
        }
    }

    /** The ticket was used, or its time is over; the session here is over all the same. */
    private void stay() {
        Cookies.left(visit.response());
        end("signed-out");
    }

    private void end(String notice) {
        visit.leaveTo(Addresses.noticed(PageFilter.SIGN_IN, notice));
    }

    /** What people call the provider. */
    public String getProvider() {
        return desk.provider().orElse("");
    }

    /** The way there, for who is not taken there. */
    public String getAddress() {
        return GO;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
