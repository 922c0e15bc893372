package coffer.platform.web;

import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.Schema;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.MappingMatch;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The first thing every request meets. Gives it an id, rewrites its path once (a rewritten one is
 * forwarded inside the server, never redirected: these clients re-post a redirect without its body)
 * and refuses API calls until the catalogue is there.
 */
public class RouteFilter extends HttpFilter {

    /** Request attribute: the canonical path. */
    public static final String ROUTE = "coffer.route";

    /** Request attribute: the path as it was sent, without the query. */
    public static final String SENT = "coffer.sent-path";

    /** Request attribute: the request's id. */
    public static final String REQUEST_ID = "coffer.request-id";

    private static final long serialVersionUID = 1L;
    private static final Pattern KEPT_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String REGISTER = "/api/systems/register";
    private static final int RETRY_SECONDS = 10;

    @SuppressWarnings("serial") // Filters are never serialized.
    private final Schema schema;

    @Inject
    public RouteFilter(Schema schema) {
        this.schema = schema;
    }

    /** The request's canonical path, without alias, trailing slash or query. */
    public static String route(ServletRequest request) {
        return (String) request.getAttribute(ROUTE);
    }

    /** The path as it was sent: only to tell who still sends old ones, never to decide on. */
    public static String sent(ServletRequest request) {
        return (String) request.getAttribute(SENT);
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Log.enterRequest(identify(request, response));
        try {
            route(request, response, chain);
        } catch (ServletException | RuntimeException thrown) {
            answer(request, response, thrown);
        } finally {
            Log.leaveRequest();
        }
    }

    private void route(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var raw = request.getRequestURI();
        var route = Route.canonical(raw).orElseThrow(ProblemType.ROUTE_NOT_FOUND::withoutDetail);
        request.setAttribute(ROUTE, route);
        request.setAttribute(SENT, raw);
        if (route.startsWith("/api/") && !schema.ready()) {
            throw notReady(route);
        }
        if (isNothing(request, route)) {
            throw ProblemType.ROUTE_NOT_FOUND.withoutDetail();
        }
        if (route.equals(raw)) {
            chain.doFilter(request, response);
        } else {
            request.getRequestDispatcher(route).forward(new Rewritten(request, route), response);
        }
    }

    /** The container would log each missing file with a stack; strangers ask for many. */
    private static boolean isNothing(HttpServletRequest request, String route) throws IOException {
        return route.equals(request.getRequestURI())
                && request.getHttpServletMapping().getMappingMatch() == MappingMatch.DEFAULT
                && (route.startsWith("/WEB-INF")
                        || route.startsWith("/META-INF")
                        || request.getServletContext().getResource(route) == null);
    }

    /** An appliance that gets anything but 429 here may send its secret to another host. */
    private static Problem notReady(String route) {
        return route.equals(REGISTER)
                ? ProblemType.REGISTRATION_THROTTLED.retryAfter(RETRY_SECONDS)
                : ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
    }

    private static void answer(
            HttpServletRequest request, HttpServletResponse response, Throwable thrown)
            throws IOException {
        var problem = Faults.problem(thrown);
        if (OldPaths.isUpload(request) && BrokenTransfer.suits(problem)) {
            BrokenTransfer.write(response, problem);
        } else {
            Problems.refuse(response, problem);
        }
    }

    /** Gives the request an id, and the answer the same one. */
    static String identify(HttpServletRequest request, HttpServletResponse response) {
        var id = requestId(request.getHeader("X-Request-Id"));
        request.setAttribute(REQUEST_ID, id);
        response.setHeader("X-Request-Id", id);
        return id;
    }

    private static String requestId(@Nullable String sent) {
        return sent != null && KEPT_ID.matcher(sent).matches()
                ? sent
                : UUID.randomUUID().toString();
    }

    /** A forward decodes the path; whoever builds an address from it needs it as it was sent. */
    private static final class Rewritten extends HttpServletRequestWrapper {

        private final String route;

        Rewritten(HttpServletRequest request, String route) {
            super(request);
            this.route = route;
        }

        @Override
        public String getRequestURI() {
            return route;
        }

        @Override
        @SuppressWarnings("JdkObsolete") // The interface wants this type.
        public StringBuffer getRequestURL() {
            var url = new StringBuffer(getScheme()).append("://").append(getServerName());
            return url.append(':').append(getServerPort()).append(route);
        }
    }
}
