package coffer.access;

import coffer.id.Caller;

import jakarta.servlet.http.HttpServletRequest;

/** Which system a request comes from, once it is decided. */
public final class CurrentCaller {

    private static final String ATTRIBUTE = "coffer.caller";

    private CurrentCaller() {}

    /** The system; only behind {@link ApplianceOnly} or {@link ApplianceAccess#admit}. */
    public static Caller.Appliance appliance(HttpServletRequest request) {
        if (request.getAttribute(ATTRIBUTE) instanceof Caller.Appliance caller) {
            return caller;
        }
        throw new IllegalStateException("nobody decided who calls");
    }

    static boolean isKnown(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof Caller.Appliance;
    }

    static void set(HttpServletRequest request, Caller.Appliance caller) {
        request.setAttribute(ATTRIBUTE, caller);
    }
}
