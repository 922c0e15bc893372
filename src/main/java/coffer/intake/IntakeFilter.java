package coffer.intake;

import coffer.platform.Log;
import coffer.platform.web.HttpSettings;
import coffer.platform.web.Problems;
import coffer.platform.web.RouteFilter;

import jakarta.inject.Inject;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Takes an upload in, all of it: refusals before the body, the body on a thread of its own, the
 * answer. It stands ahead of JAX-RS, whose container would have sent {@code 100 Continue} before a
 * refusal, and whose way to a resumed answer cost a fifth of an upload (ADR 0051). {@link
 * IntakeResource} describes the call.
 */
public class IntakeFilter implements Filter {

    /** The route that this filter knows; any other passes. */
    private static final String UPLOAD_ROUTE = "/api/systems/backups";

    private final Uploads uploads;
    private final HttpSettings http;

    @Inject
    public IntakeFilter(Uploads uploads, HttpSettings http) {
        this.uploads = uploads;
        this.http = http;
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
        var refusal = uploads.admit(request, request.getHeader("X-Filename"));
        if (refusal.isPresent()) {
            Problems.refuse((HttpServletResponse) answer, refusal.get());
            return;
        }
        receive(request, (HttpServletResponse) answer);
    }

    private void receive(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        try {
            var body = request.getInputStream();
            var async = request.startAsync();
            async.setTimeout(0); // The slowest rate and the lease end an upload.
            var _ =
                    begin(request, body)
                            .whenComplete((outcome, failure) -> {
                                write(response, outcome, failure);
                                async.complete();
                            });
        } finally {
            uploads.giveBack(request);
        }
    }

    /** Never throws: the request is asynchronous already, and somebody has to end it. */
    private CompletionStage<IntakeOutcome> begin(HttpServletRequest request, InputStream body) {
        try {
            return uploads.receive(request, body);
        } catch (RuntimeException notBegun) {
            return CompletableFuture.failedStage(notBegun);
        }
    }

    private void write(
            HttpServletResponse response,
            @Nullable IntakeOutcome outcome,
            @Nullable Throwable failure) {
        try {
            if (outcome == null) {
                Problems.fail(response, Objects.requireNonNull(failure));
            } else {
                UploadAnswer.write(response, outcome, http);
            }
        } catch (IOException | RuntimeException gone) {
            Log.info("upload.answer_not_taken", "reason", gone.getClass().getSimpleName());
        }
    }
}
