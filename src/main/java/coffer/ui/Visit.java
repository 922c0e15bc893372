package coffer.ui;

import coffer.id.Caller;
import coffer.id.Permission;
import coffer.people.PageDesk;
import coffer.people.ProviderDesk;
import coffer.platform.ProblemType;
import coffer.platform.web.RouteFilter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.primefaces.context.PrimeFacesContext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One request of a browser: who it comes from, how they like the pages, where they are. */
@Named
@RequestScoped
public class Visit {

    private static final String VISITOR = "coffer.ui.visitor";
    private static final Set<String> SCHEMES = Set.of("light", "dark");

    private final HttpServletRequest request;
    private final PageDesk desk;
    private final ProviderDesk provider;

    @Inject
    Visit(HttpServletRequest request, PageDesk desk, ProviderDesk provider) {
        this.request = request;
        this.desk = desk;
        this.provider = provider;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Visit() {
        this(null, null, null);
    }

    static void enter(HttpServletRequest request, PageDesk.Visitor visitor) {
        request.setAttribute(VISITOR, visitor);
    }

    /**
     * The caller, for what needs these permissions; there is no other way to get at it.
     *
     * @throws coffer.platform.Problem {@code insufficient permissions}
     */
    public Caller.Person caller(Permission... permissions) {
        var caller =
                visitor().orElseThrow(ProblemType.AUTHORIZATION_REQUIRED::withoutDetail).caller();
        for (var permission : permissions) {
            if (!caller.may(permission)) {
                throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
            }
        }
        return caller;
    }

    /** Who is signed in, if anybody is. */
    public Optional<PageDesk.Visitor> visitor() {
        return Optional.ofNullable((PageDesk.Visitor) request.getAttribute(VISITOR));
    }

    /** A parameter of the address or the form; empty texts are absent. */
    public @Nullable String parameter(String name) {
        var value = request.getParameter(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** The request itself. */
    public HttpServletRequest request() {
        return request;
    }

    /** Sends the browser elsewhere; the container would make a host of its own into the address. */
    public void leaveTo(String address) {
        try {
            Redirects.send(request, response(), address);
            FacesContext.getCurrentInstance().responseComplete();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** True once the browser has been sent elsewhere. */
    public boolean left() {
        return FacesContext.getCurrentInstance().getResponseComplete();
    }

    /** True behind the sign-in. */
    public boolean isSignedIn() {
        return visitor().isPresent();
    }

    /** True where there is more to see than the form for a new password. */
    public boolean isAtHome() {
        return visitor().filter(one -> !one.mustChange()).isPresent();
    }

    /** True when the menu offers the systems. */
    public boolean isSeesSystems() {
        return may(Permission.SYSTEMS_READ);
    }

    /** True when the menu offers the organizations. */
    public boolean isSeesOrganizations() {
        return may(Permission.ORGANIZATIONS_READ);
    }

    /** True when the menu offers the people. */
    public boolean isSeesPeople() {
        return may(Permission.USERS_READ);
    }

    /** True when their roles allow it somewhere. */
    public boolean may(Permission permission) {
        return visitor().filter(one -> one.caller().may(permission)).isPresent();
    }

    /** True for who runs the installation. */
    public boolean isSeesJobs() {
        return sees(Permission.JOBS_READ);
    }

    /** True for who may erase by law. */
    public boolean isErases() {
        return sees(Permission.SYSTEMS_DESTROY) && sees(Permission.ORGANIZATIONS_DESTROY);
    }

    private boolean sees(Permission permission) {
        return visitor().filter(one -> one.caller().may(permission)).isPresent();
    }

    /** What others call them. */
    public String getName() {
        return visitor().map(PageDesk.Visitor::name).orElse("");
    }

    /** What they sign in with. */
    public String getUsername() {
        return visitor().map(PageDesk.Visitor::username).orElse("");
    }

    /** The name of their organization. */
    public String getOrganization() {
        return visitor().map(PageDesk.Visitor::organization).orElse("");
    }

    /** The language of this page. */
    public Locale getLocale() {
        return Languages.of(request);
    }

    /** {@code light}, {@code dark}, or {@code auto}: as the system has it. */
    public String getScheme() {
        return Cookies.read(request, Cookies.SCHEME).filter(SCHEMES::contains).orElse("auto");
    }

    /** The id under which the log knows this request. */
    public String getRequestId() {
        return String.valueOf(request.getAttribute(RouteFilter.REQUEST_ID));
    }

    /** This page's path. */
    public String getPath() {
        return RouteFilter.route(request);
    }

    /** This page's address, to come back to. */
    public String getAddress() {
        var query = request.getQueryString();
        return getPath() + (query == null ? "" : "?" + query);
    }

    /** Where a page is that a form was sent to and that did not go elsewhere; null for others. */
    public @Nullable String getPosted() {
        return request.getMethod().equals("POST") ? Addresses.ours(parameter("back")) : null;
    }

    /** What a script of this page has to show; each form sends it back. */
    public String getNonce() {
        return PrimeFacesContext.getCspState(FacesContext.getCurrentInstance()).getNonce();
    }

    /** Says it in the other language, to a person from now on. */
    public void speak(String language) {
        if (Languages.has(language)) {
            visitor().ifPresent(visitor -> desk.speak(visitor, language));
            Cookies.language(response(), language);
        }
        leaveTo(Addresses.ours(parameter("back")));
    }

    /** Ends the session here, and then at the provider where it began there. */
    public void signOut() {
        var ticket = visitor().flatMap(provider::signOut);
        Cookies.signOut(response());
        ticket.ifPresent(one -> Cookies.leave(response(), one.reveal()));
        leaveTo(
                ticket.isPresent()
                        ? PageFilter.SIGNED_OUT
                        : PageFilter.SIGN_IN + "?notice=signed-out");
    }

    /** The answer itself. */
    public HttpServletResponse response() {
        return (HttpServletResponse)
                FacesContext.getCurrentInstance().getExternalContext().getResponse();
    }
}
