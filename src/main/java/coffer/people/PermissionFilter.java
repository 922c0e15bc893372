package coffer.people;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;
import coffer.id.Open;
import coffer.id.Permitted;
import coffer.platform.ProblemType;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;

import java.lang.annotation.Annotation;

/**
 * Lets a request reach a resource method only if the method says who may call it. It hangs on the
 * method, never on the path's text.
 */
@Provider
@Priority(Priorities.AUTHORIZATION)
public class PermissionFilter implements ContainerRequestFilter {

    private final PeopleAccess access;

    @Context
    @SuppressWarnings("NullAway.Init") // JAX-RS fills it.
    private HttpServletRequest request;

    @Context
    @SuppressWarnings("NullAway.Init") // JAX-RS fills it.
    private ResourceInfo resource;

    /** For the container. */
    @SuppressWarnings("NullAway")
    public PermissionFilter() {
        this(null);
    }

    @Inject
    public PermissionFilter(PeopleAccess access) {
        this.access = access;
    }

    @Override
    public void filter(ContainerRequestContext context) {
        var permitted = declared(Permitted.class);
        if (permitted != null) {
            require(permitted);
        } else if (declared(Open.class) == null && declared(ApplianceOnly.class) == null) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
    }

    private void require(Permitted permitted) {
        var person = access.admit(request);
        CurrentCaller.set(request, person);
        for (var permission : permitted.value()) {
            if (!person.may(permission)) {
                throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
            }
        }
    }

    /** The method's word stands before its class's. */
    private <A extends Annotation> @Nullable A declared(Class<A> type) {
        var method = resource.getResourceMethod();
        if (method == null) {
            return null;
        }
        var own = method.getAnnotation(type);
        return own != null || speaksForItself()
                ? own
                : resource.getResourceClass().getAnnotation(type);
    }

    private boolean speaksForItself() {
        var method = resource.getResourceMethod();
        return method.isAnnotationPresent(Permitted.class)
                || method.isAnnotationPresent(Open.class)
                || method.isAnnotationPresent(ApplianceOnly.class);
    }
}
