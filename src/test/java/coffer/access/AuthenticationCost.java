package coffer.access;

import java.util.Arrays;

/**
 * Measures what a warm authentication costs in process: the whole of {@link
 * ApplianceAccess#authenticate} but the HTTP around it. Prints microseconds.
 */
public final class AuthenticationCost {

    private static final int WARM_UP = 200_000;
    private static final int SAMPLES = 200_000;

    private AuthenticationCost() {}

    /** p50, p99 and mean of many calls, in microseconds. */
    public record Cost(double p50, double p99, double mean) {}

    public static void main(String[] arguments) {
        System.out.println("warm authentication, µs: " + warm());
    }

    /** One credential again and again, from memory. */
    public static Cost warm() {
        var access = new Rows().access(new CallerCache<>(10_000, System::nanoTime));
        var header = Rows.header(Rows.KEY, Rows.PUBLIC + "." + Rows.HIDDEN);
        for (var call = 0; call < WARM_UP; call++) {
            granted(access.authenticate(header));
        }
        var nanos = new long[SAMPLES];
        for (var call = 0; call < SAMPLES; call++) {
            var before = System.nanoTime();
            granted(access.authenticate(header));
            nanos[call] = System.nanoTime() - before;
        }
        Arrays.sort(nanos);
        return new Cost(
                nanos[SAMPLES / 2] / 1e3,
                nanos[SAMPLES / 100 * 99] / 1e3,
                Arrays.stream(nanos).average().orElseThrow() / 1e3);
    }

    private static void granted(Authentication result) {
        if (!(result instanceof Authentication.Granted)) {
            throw new IllegalStateException("not granted");
        }
    }
}
