package coffer.access;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

/**
 * Guards what is {@link ApplianceOnly}. A servlet filter may have decided the request already, so
 * as to refuse before the body; the guard hangs on the method all the same.
 */
@Provider
@ApplianceOnly
@Priority(Priorities.AUTHENTICATION)
public class ApplianceFilter implements ContainerRequestFilter {

    private final ApplianceAccess access;

    @Context
    @SuppressWarnings("NullAway.Init") // JAX-RS fills it.
    private HttpServletRequest request;

    @Inject
    public ApplianceFilter(ApplianceAccess access) {
        this.access = access;
    }

    /** For the container. */
    @SuppressWarnings("NullAway")
    public ApplianceFilter() {
        this(null);
    }

    @Override
    public void filter(ContainerRequestContext context) {
        access.admit(request)
                .ifPresent(problem -> {
                    throw problem;
                });
    }
}
