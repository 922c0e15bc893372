package coffer.ui;

import coffer.people.PageDesk;
import coffer.platform.NodeSettings;
import coffer.platform.ProblemType;
import coffer.platform.Schema;
import coffer.platform.web.RouteFilter;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Stands before every view (web.xml binds it to the servlet, not to a path): headers, who it is,
 * nobody but to the sign-in, no POST from a foreign page, and what a fault looks like.
 */
public class PageFilter extends HttpFilter {

    /** Where the views are. */
    public static final String FOLDER = "/ui/";

    static final String SIGN_IN = FOLDER + "sign-in.xhtml";
    static final String PROVIDER = FOLDER + "provider.xhtml";
    static final String SIGNED_OUT = FOLDER + "signed-out.xhtml";
    static final String PASSWORD = FOLDER + "password.xhtml";

    /** The first page. */
    public static final String HOME = FOLDER + "overview.xhtml";

    private static final long serialVersionUID = 1L;
    private static final String RESOURCES = "/jakarta.faces.resource/";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    @SuppressWarnings("serial") // Filters are never serialized.
    private final PageDesk desk;

    @SuppressWarnings("serial")
    private final NodeSettings node;

    @SuppressWarnings("serial")
    private final Schema schema;

    @Inject
    public PageFilter(PageDesk desk, NodeSettings node, Schema schema) {
        this.desk = desk;
        this.node = node;
        this.schema = schema;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var path = RouteFilter.route(request);
        SafeHeaders.set(response);
        if (node.has("pages") && path.startsWith(RESOURCES)) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader("Cache-Control", "no-store");
        request.setCharacterEncoding("UTF-8");
        Languages.decide(request, null);
        try {
            page(path, request, response, chain);
        } catch (ServletException | RuntimeException thrown) {
            Failures.answer(path, request, response, thrown);
        }
    }

    private void page(
            String path,
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain)
            throws IOException, ServletException {
        if (!node.has("pages") || !exists(path, request)) {
            throw ProblemType.ROUTE_NOT_FOUND.withoutDetail();
        }
        if (!METHODS.contains(request.getMethod())) {
            throw ProblemType.METHOD_NOT_ALLOWED.withoutDetail();
        }
        if (request.getMethod().equals("POST") && !SafeHeaders.isFromOurPages(request)) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
        if (!schema.ready()) {
            throw ProblemType.UNAVAILABLE.retryAfter(5);
        }
        var visitor = visitor(request);
        visitor.ifPresent(one -> enter(one, request, response));
        var elsewhere = elsewhere(path, visitor, request);
        if (elsewhere.isPresent()) {
            if (visitor.isEmpty()) {
                Cookies.signOut(response);
            }
            Redirects.send(request, response, elsewhere.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<PageDesk.Visitor> visitor(HttpServletRequest request) {
        return Cookies.read(request, PageDesk.COOKIE)
                .flatMap(token -> desk.visitor(request, token));
    }

    private static void enter(
            PageDesk.Visitor visitor, HttpServletRequest request, HttpServletResponse response) {
        Visit.enter(request, visitor);
        Languages.decide(request, visitor.locale());
        visitor.renewed().ifPresent(token -> Cookies.signIn(response, token.reveal()));
    }

    /** Where a request has to go instead, if it has to. */
    private Optional<String> elsewhere(
            String path, Optional<PageDesk.Visitor> visitor, HttpServletRequest request) {
        if (visitor.isEmpty()) {
            return isEntrance(path)
                    ? Optional.empty()
                    : Optional.of(
                            isSignOut(request)
                                    ? SIGNED_OUT
                                    : signIn(path, request, ending(request)));
        }
        if (visitor.get().mustChange()) {
            return path.equals(PASSWORD)
                    ? Optional.empty()
                    : Optional.of(
                            Addresses.of(PASSWORD)
                                    .with("next-page", wanted(path, request))
                                    .toString());
        }
        return isEntrance(path) && request.getMethod().equals("GET")
                ? Optional.of(HOME)
                : Optional.empty();
    }

    /** The form that ended the session, sent once more: it leads where the first one did. */
    private static boolean isSignOut(HttpServletRequest request) {
        return request.getMethod().equals("POST") && request.getParameter("frame:leave") != null;
    }

    private static boolean isEntrance(String path) {
        return path.equals(SIGN_IN) || path.equals(PROVIDER) || path.equals(SIGNED_OUT);
    }

    /** Why nobody is signed in any more, as the sign-in page says it; null for who never was. */
    private @Nullable String ending(HttpServletRequest request) {
        var ending =
                Cookies.read(request, PageDesk.COOKIE)
                        .flatMap(token -> desk.ending(request, token))
                        .map(why -> "ended-" + why.name().toLowerCase(Locale.ROOT));
        return ending.orElse(request.getMethod().equals("POST") ? "ended" : null);
    }

    /**
     * The way in, and from there to what was wanted.
     *
     * @param notice what there is to say
     */
    static String signIn(String path, HttpServletRequest request, @Nullable String notice) {
        return Addresses.of(SIGN_IN)
                .with("next", wanted(path, request))
                .with("notice", notice)
                .toString();
    }

    /** The page that a request is for, or that its form is on; null for the first page. */
    private static @Nullable String wanted(String path, HttpServletRequest request) {
        var query = request.getQueryString();
        var back = request.getMethod().equals("POST") ? request.getParameter("back") : null;
        var wanted =
                back != null
                        ? Addresses.noticed(Addresses.ours(back), "expired")
                        : request.getMethod().equals("GET") && query != null
                                ? path + "?" + query
                                : path;
        return Addresses.ours(wanted).equals(HOME) || isEntrance(path) ? null : wanted;
    }

    /** The container would answer a missing view by itself. */
    private static boolean exists(String path, HttpServletRequest request) throws IOException {
        return path.startsWith(FOLDER)
                && Addresses.ours(path).equals(path)
                && request.getServletContext().getResource(path) != null;
    }
}
