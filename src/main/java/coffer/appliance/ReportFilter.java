package coffer.appliance;

import coffer.access.ApplianceAccess;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Problems;
import coffer.platform.web.RouteFilter;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses heartbeats and inventories before their bodies are read: with {@code Expect} not a byte
 * of them is sent. The resources decide again for themselves; this only saves the bytes.
 */
public class ReportFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** The largest body that each route may announce; a heartbeat's is ignored. */
    private static final Map<String, Integer> MOST_BYTES =
            Map.of(
                    "/api/systems/heartbeat",
                    64 * 1024,
                    "/api/systems/inventory",
                    InventoryIntake.MOST_BYTES);

    @SuppressWarnings("serial") // Filters are never serialized.
    private final ApplianceAccess access;

    @Inject
    public ReportFilter(ApplianceAccess access) {
        this.access = access;
    }

    @Override
    protected void doFilter(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var most = MOST_BYTES.get(RouteFilter.route(request));
        var problem =
                most == null || !request.getMethod().equals("POST")
                        ? Optional.<Problem>empty()
                        : problem(request, most);
        if (problem.isPresent()) {
            Problems.refuse(response, problem.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Problem> problem(HttpServletRequest request, int most) {
        return access.admit(request)
                .or(() ->
                        request.getContentLengthLong() > most
                                ? Optional.of(ProblemType.BODY_TOO_LARGE.withoutDetail())
                                : Optional.empty());
    }
}
