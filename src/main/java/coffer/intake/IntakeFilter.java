package coffer.intake;

import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.web.HttpSettings;
import coffer.platform.web.Problems;
import coffer.platform.web.RouteFilter;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes an upload in, all of it on a thread of its own: refusals before the body, the body, the
 * answer. So a crowd of uploads holds no thread of the container, which others wait for. It stands
 * ahead of JAX-RS, whose container would have sent {@code 100 Continue} before a refusal, and whose
 * way to a resumed answer cost a fifth of an upload (ADR 0051). {@link IntakeResource} describes
 * the call.
 */
public class IntakeFilter implements Filter {

    /** The route that this filter knows; any other passes. */
    private static final String UPLOAD_ROUTE = "/api/systems/backups";

    private final Uploads uploads;
    private final HttpSettings http;
    private final Executors executors;

    @Inject
    public IntakeFilter(Uploads uploads, HttpSettings http, Executors executors) {
        this.uploads = uploads;
        this.http = http;
        this.executors = executors;
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
        var response = (HttpServletResponse) answer;
        // When this method returns the container still works on a request that was forwarded.
        var forwarded = request.getDispatcherType() == DispatcherType.FORWARD;
        var decided = forwarded ? Optional.of(admission(request)) : Optional.<Admission>empty();
        var async = request.startAsync();
        async.setTimeout(0); // The slowest rate and the lease end an upload.
        var _ =
                begin(() -> take(request, response, decided))
                        .whenComplete((done, failure) -> {
                            if (failure != null) {
                                write(response, failure);
                            }
                            async.complete();
                        });
    }

    private Admission admission(HttpServletRequest request) {
        return uploads.admission(request, request.getHeader("X-Filename"));
    }

    /** Never throws: the request is asynchronous already, and somebody has to end it. */
    private CompletionStage<?> begin(Callable<Boolean> work) {
        try {
            return executors.supply(work);
        } catch (RuntimeException notBegun) {
            return CompletableFuture.failedStage(notBegun);
        }
    }

    private boolean take(
            HttpServletRequest request, HttpServletResponse response, Optional<Admission> decided)
            throws IOException {
        return switch (decided.orElseGet(() -> admission(request))) {
            case Admission.Refused(var problem) -> {
                Problems.refuse(response, problem);
                yield false;
            }
            case Admission.Granted(var pending) -> {
                UploadAnswer.write(response, uploads.receive(pending, request), http);
                yield true;
            }
        };
    }

    private static void write(HttpServletResponse response, Throwable failure) {
        try {
            Problems.fail(response, failure);
        } catch (IOException | RuntimeException gone) {
            Log.info("upload.answer_not_taken", "reason", gone.getClass().getSimpleName());
        }
    }
}
