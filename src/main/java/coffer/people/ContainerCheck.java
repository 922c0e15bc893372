package coffer.people;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.lang.reflect.Proxy;

/**
 * Has the container check a request's bearer token (MicroProfile JWT). What it would answer by
 * itself is not heard: refusals have our envelope.
 */
final class ContainerCheck {

    /** Takes everything and does nothing. */
    private static final HttpServletResponse UNHEARD =
            (HttpServletResponse)
                    Proxy.newProxyInstance(
                            ContainerCheck.class.getClassLoader(),
                            new Class<?>[] {HttpServletResponse.class},
                            (proxy, method, arguments) -> nothing(method.getReturnType()));

    private ContainerCheck() {}

    static boolean passes(HttpServletRequest request) {
        try {
            return request.authenticate(UNHEARD);
        } catch (IOException | ServletException refused) {
            return false;
        }
    }

    private static @Nullable Object nothing(Class<?> type) {
        if (type == boolean.class) {
            return false;
        }
        return type == int.class ? 0 : null;
    }
}
