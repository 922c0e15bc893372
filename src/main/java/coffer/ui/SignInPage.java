package coffer.ui;

import coffer.id.Open;
import coffer.people.PageDesk;
import coffer.platform.Problem;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/** User name and password. */
@Named
@RequestScoped
@Open("name and password are the proof; throttled by address and name")
public class SignInPage {

    private final Visit visit;
    private final Words words;
    private final PageDesk desk;
    private final TrustedProxies proxies;
    private String username = "";
    private String password = "";
    private @Nullable String failure;

    @Inject
    SignInPage(Visit visit, Words words, PageDesk desk, TrustedProxies proxies) {
        this.visit = visit;
        this.words = words;
        this.desk = desk;
        this.proxies = proxies;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SignInPage() {
        this(null, null, null, null);
    }

    /** Signs in, and goes on to where the person wanted to be. */
    public void signIn() {
        try {
            var address = proxies.clientAddress(visit.request());
            switch (desk.signIn(username, password, address)) {
                case PageDesk.Entry.In(var token) -> {
                    Cookies.signIn(visit.response(), token.reveal());
                    visit.leaveTo(Addresses.ours(visit.parameter("next")));
                }
                case PageDesk.Entry.Refused() -> failure = words.of("sign-in", "refused");
                case PageDesk.Entry.Throttled(var pause) ->
                        failure =
                                words.with("sign-in.throttled", words.span(pause.toSeconds() + 1));
            }
        } catch (Problem busy) {
            failure = words.problem(busy.type().slug(), busy.type().message());
        }
    }

    /** Why it did not work, or null. */
    public @Nullable String getFailure() {
        return failure;
    }

    /** Where to go afterwards. */
    public String getNext() {
        return Objects.requireNonNullElse(visit.parameter("next"), "");
    }

    /** What is typed. */
    public String getUsername() {
        return username;
    }

    /** What is typed. */
    public void setUsername(@Nullable String username) {
        this.username = Objects.requireNonNullElse(username, "");
    }

    /** Never shown again. */
    public String getPassword() {
        return "";
    }

    /** What is typed. */
    public void setPassword(@Nullable String password) {
        this.password = Objects.requireNonNullElse(password, "");
    }
}
