package coffer.intake;

import coffer.platform.web.Problems;
import coffer.platform.web.RouteFilter;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;

/**
 * Answers an upload's refusals before its body: ahead of JAX-RS, whose container would already have
 * sent {@code 100 Continue}. It saves bytes and decides nothing alone: the resource asks again for
 * whatever it does not find on the request.
 */
public class IntakeFilter implements Filter {

    /** The route that this filter knows; any other passes. */
    private static final String UPLOAD_ROUTE = "/api/systems/backups";

    private final Uploads uploads;

    @Inject
    public IntakeFilter(Uploads uploads) {
        this.uploads = uploads;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) any;
        if (!"POST".equals(request.getMethod())
                || !UPLOAD_ROUTE.equals(RouteFilter.route(request))) {
            chain.doFilter(any, answer);
            return;
        }
        var refusal = uploads.admit(request, request.getHeader("X-Filename"));
        if (refusal.isPresent()) {
            Problems.refuse((HttpServletResponse) answer, refusal.get());
            return;
        }
        try {
            chain.doFilter(any, answer);
        } finally {
            uploads.giveBack(request);
        }
    }
}
