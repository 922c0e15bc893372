package coffer.intake;

import coffer.access.ApplianceAccess;
import coffer.id.CurrentCaller;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Problems;
import coffer.platform.web.RouteFilter;
import coffer.platform.web.TrustedProxies;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers an upload's refusals before its body: ahead of JAX-RS, whose container would already have
 * sent {@code 100 Continue}. It saves bytes and decides nothing alone: the resource asks again for
 * whatever it does not find on the request.
 */
public class IntakeFilter implements Filter {

    /** The route that this filter knows; any other passes. */
    static final String UPLOAD_ROUTE = "/api/systems/backups";

    static final String PENDING = "coffer.intake.pending";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final ApplianceAccess access;
    private final BackupIntake intake;
    private final TrustedProxies proxies;
    private final IntakeMetrics metrics;

    @Inject
    public IntakeFilter(
            ApplianceAccess access,
            BackupIntake intake,
            TrustedProxies proxies,
            IntakeMetrics metrics) {
        this.access = access;
        this.intake = intake;
        this.proxies = proxies;
        this.metrics = metrics;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        var request = (HttpServletRequest) any;
        var response = (HttpServletResponse) answer;
        if (!"POST".equals(request.getMethod())
                || !UPLOAD_ROUTE.equals(RouteFilter.route(request))) {
            chain.doFilter(any, answer);
            return;
        }
        var refusal = admit(request);
        if (refusal.isPresent()) {
            metrics.refused(refusal.get().type().slug());
            Problems.refuse(response, refusal.get());
            return;
        }
        try {
            chain.doFilter(any, answer);
        } finally {
            // The resource takes the pending upload off the request; what it never saw is given
            // back.
            take(request).ifPresent(intake::abandon);
        }
    }

    /** Authenticates and admits; what is admitted waits on the request. */
    private Optional<Problem> admit(HttpServletRequest request) {
        try {
            var unknown = access.admit(request);
            if (unknown.isPresent()) {
                return unknown;
            }
            return switch (intake.admit(declared(request))) {
                case Admission.Refused(var problem) -> Optional.of(problem);
                case Admission.Granted(var pending) -> {
                    request.setAttribute(PENDING, pending);
                    yield Optional.empty();
                }
            };
        } catch (Problem refused) {
            return Optional.of(refused);
        } catch (RuntimeException ours) {
            Log.error("upload.admission_failed", ours);
            return Optional.of(ProblemType.STORAGE_UNAVAILABLE.retryAfter(30));
        }
    }

    private Declared declared(HttpServletRequest request) {
        var length = request.getContentLengthLong();
        if (length < 1 || request.getHeader("Transfer-Encoding") != null) {
            throw ProblemType.LENGTH_REQUIRED.withoutDetail();
        }
        var checksum =
                Optional.ofNullable(request.getHeader("X-Checksum-Sha256"))
                        .map(text -> text.strip().toLowerCase(Locale.ROOT));
        if (checksum.filter(text -> !SHA256.matcher(text).matches()).isPresent()) {
            throw ProblemType.VALIDATION.with(
                    Map.of(
                            "errors",
                            List.of(
                                    Map.of(
                                            "key",
                                            "X-Checksum-Sha256",
                                            "message",
                                            "must be 64 hex digits",
                                            "value",
                                            checksum.get()))));
        }
        return new Declared(
                CurrentCaller.appliance(request),
                length,
                request.getHeader("X-Filename"),
                request.getContentType(),
                checksum,
                proxies.clientAddress(request));
    }

    /** The pending upload of this request, once. */
    static Optional<Pending> take(HttpServletRequest request) {
        var pending = request.getAttribute(PENDING);
        request.removeAttribute(PENDING);
        return Optional.ofNullable((Pending) pending);
    }
}
