package coffer.ui;

import coffer.id.Open;
import coffer.people.PageDesk;
import coffer.people.ProviderDesk;
import coffer.platform.Problem;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Set;

/** User name and password. */
@Named
@RequestScoped
@Open("name and password are the proof; throttled by address and name")
public class SignInPage {

    private static final Set<String> FAILURES =
            Set.of("provider-refused", "provider-throttled", "provider-away");

    private final Visit visit;
    private final Words words;
    private final PageDesk desk;
    private final ProviderDesk provider;
    private final TrustedProxies proxies;
    private String username = "";
    private String password = "";
    private @Nullable String failure;

    @Inject
    SignInPage(
            Visit visit,
            Words words,
            PageDesk desk,
            ProviderDesk provider,
            TrustedProxies proxies) {
        this.visit = visit;
        this.words = words;
        this.desk = desk;
        this.provider = provider;
        this.proxies = proxies;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected SignInPage() {
        this(null, null, null, null, null);
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

    /** Why it did not work, here or at the provider, or null. */
    public @Nullable String getFailure() {
        var elsewhere = visit.parameter("failure");
        return failure == null && elsewhere != null && FAILURES.contains(elsewhere)
                ? words.of("sign-in", elsewhere)
                : failure;
    }

    /** What the provider is called that one may sign in at, or null. */
    public @Nullable String getProvider() {
        return provider.provider().orElse(null);
    }

    /** The way there. */
    public String getProviderAddress() {
        return Addresses.of(PageFilter.PROVIDER).with("next", visit.parameter("next")).toString();
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
