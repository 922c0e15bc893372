package coffer.id;

import jakarta.servlet.http.HttpServletRequest;

import java.util.Optional;

/** Who a request comes from, once the entrance has decided it. */
public final class CurrentCaller {

    private static final String ATTRIBUTE = "coffer.caller";

    private CurrentCaller() {}

    /** The system; only where nobody but a system gets in. */
    public static Caller.Appliance appliance(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller.Appliance caller) {
            return caller;
        }
        throw new IllegalStateException("no system was let in");
    }

    /** The person; only behind {@link Permitted}. */
    public static Caller.Person person(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller.Person caller) {
            return caller;
        }
        throw new IllegalStateException("no person was let in");
    }

    /** Whoever it is, if it is decided. */
    public static Optional<Caller> find(HttpServletRequest request) {
        return Optional.ofNullable((Caller) request.getAttribute(ATTRIBUTE));
    }

    /** For the entrance alone. */
    public static void set(HttpServletRequest request, Caller caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
