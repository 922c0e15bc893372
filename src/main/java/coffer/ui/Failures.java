package coffer.ui;

import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Faults;

import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.primefaces.csp.CspException;

import java.io.IOException;

/** What a browser gets instead of a page that could not be made. */
final class Failures {

    private Failures() {}

    static void answer(
            String path, HttpServletRequest request, HttpServletResponse response, Throwable thrown)
            throws IOException {
        if (response.isCommitted()) {
            Faults.problem(thrown); // Logs what is to be logged; more cannot be said.
            return;
        }
        if (hasExpired(thrown)) {
            var back = request.getParameter("back");
            Redirects.send(
                    request,
                    response,
                    Addresses.noticed(back == null ? path : Addresses.ours(back), "expired"));
            return;
        }
        var problem = Faults.problem(thrown);
        if (isSignedOut(problem)) {
            Cookies.signOut(response);
            Redirects.send(request, response, PageFilter.signIn(path, request, "ended"));
        } else {
            ErrorPage.write(request, response, problem);
        }
    }

    private static boolean isSignedOut(Problem problem) {
        return problem.type() == ProblemType.INVALID_TOKEN
                || problem.type() == ProblemType.AUTHORIZATION_REQUIRED;
    }

    /** A form that does not belong to its page any more, or was tampered with. */
    private static boolean hasExpired(Throwable thrown) {
        var depth = 0;
        for (Throwable at = thrown; at != null && depth < 20; at = at.getCause()) {
            if (at instanceof ViewExpiredException || at instanceof CspException) {
                return true;
            }
            depth++;
        }
        return false;
    }
}
