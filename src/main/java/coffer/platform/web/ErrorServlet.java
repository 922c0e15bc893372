package coffer.platform.web;

import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/**
 * What the container would say in HTML: the same envelope as everywhere (web.xml sends it here).
 */
@WebServlet(urlPatterns = "/err", asyncSupported = true)
public class ErrorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var asked = request.getDispatcherType() != DispatcherType.ERROR;
        if (request.getAttribute(RouteFilter.REQUEST_ID) == null) {
            RouteFilter.identify(request, response); // Refused before any filter ran.
        }
        Problems.write(response, asked || status == null ? problem(404) : problem((int) status));
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 401 -> ProblemType.INVALID_TOKEN.withoutDetail();
            case 403 -> ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
            case 405, 501 -> ProblemType.METHOD_NOT_ALLOWED.withoutDetail();
            case 413 -> ProblemType.BODY_TOO_LARGE.withoutDetail();
            case 503 -> ProblemType.UNAVAILABLE.retryAfter(5);
            default ->
                    status < 500
                            ? ProblemType.ROUTE_NOT_FOUND.withoutDetail()
                            : ProblemType.INTERNAL.withoutDetail();
        };
    }
}
