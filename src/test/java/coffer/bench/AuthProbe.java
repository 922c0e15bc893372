package coffer.bench;

import coffer.access.ApplianceAccess;
import coffer.access.Authentication;

import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Calls the authentication of the node that it runs in, without HTTP around it. The benchmark adds
 * it to a copy of the WAR; no other WAR has it. The body is {@code Authorization} values, one a
 * line: the first round finds none of them in the cache, the later ones all.
 */
@WebServlet("/bench/authentication")
public class AuthProbe extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int WARM_ROUNDS = 50;

    private final transient ApplianceAccess access;

    /** By the container. */
    @Inject
    public AuthProbe(ApplianceAccess access) {
        this.access = access;
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var headers = request.getReader().lines().toList();
        round(headers.subList(0, headers.size() / 2)); // so that the code is compiled
        var cold = round(headers.subList(headers.size() / 2, headers.size()));
        var last = round(headers.subList(headers.size() / 2, headers.size()));
        for (var round = 0; round < WARM_ROUNDS; round++) {
            last = round(headers.subList(headers.size() / 2, headers.size()));
        }
        response.setContentType("text/plain");
        response.getWriter().print(words("cold", cold) + " " + words("warm", last));
    }

    private long[] round(List<String> headers) {
        var nanos = new long[headers.size()];
        for (var i = 0; i < nanos.length; i++) {
            var from = System.nanoTime();
            var result = access.authenticate(headers.get(i));
            nanos[i] = System.nanoTime() - from;
            if (!(result instanceof Authentication.Granted)) {
                throw new IllegalStateException("not granted");
            }
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static String words(String which, long[] nanos) {
        return String.format(
                Locale.ROOT,
                "%s-p50=%.1f %s-p99=%.1f %s-mean=%.1f",
                which,
                nanos[nanos.length / 2] / 1e3,
                which,
                nanos[nanos.length * 99 / 100] / 1e3,
                which,
                Arrays.stream(nanos).average().orElse(0) / 1e3);
    }
}
