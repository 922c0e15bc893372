package coffer.intake;

import coffer.access.ApplianceAccess;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * What every HTTP entrance of uploads does: a filter admits the request before its body, the
 * admitted upload waits on the request, a resource receives it; what no resource took is given
 * back. How the outcome is worded is the entrance's affair.
 */
@ApplicationScoped
public class Uploads {

    private static final String PENDING = "coffer.intake.pending";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int RETRY_SECONDS = 30;

    private final ApplianceAccess access;
    private final BackupIntake intake;
    private final TrustedProxies proxies;
    private final IntakeMetrics metrics;
    private final Executors executors;

    @Inject
    Uploads(
            ApplianceAccess access,
            BackupIntake intake,
            TrustedProxies proxies,
            IntakeMetrics metrics,
            Executors executors) {
        this.access = access;
        this.intake = intake;
        this.proxies = proxies;
        this.metrics = metrics;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected Uploads() {
        this(null, null, null, null, null);
    }

    /**
     * Authenticates and admits; what is admitted waits on the request.
     *
     * @param filename as the client sent it
     * @return empty when admitted, else what to answer
     */
    public Optional<Problem> admit(HttpServletRequest request, @Nullable String filename) {
        return switch (admission(request, filename)) {
            case Admission.Refused(var problem) -> Optional.of(problem);
            case Admission.Granted(var pending) -> {
                request.setAttribute(PENDING, pending);
                yield Optional.empty();
            }
        };
    }

    /** As {@link #admit}, but what is admitted is the caller's to {@link #receive}. */
    Admission admission(HttpServletRequest request, @Nullable String filename) {
        var admission = decide(request, filename);
        if (admission instanceof Admission.Refused(var problem)) {
            metrics.refused(problem.type().slug());
        }
        return admission;
    }

    private Admission decide(HttpServletRequest request, @Nullable String filename) {
        try {
            var unknown = access.admit(request);
            return unknown.isPresent()
                    ? new Admission.Refused(unknown.get())
                    : intake.admit(declared(request, filename));
        } catch (Problem refused) {
            return new Admission.Refused(refused);
        } catch (RuntimeException ours) {
            Log.error("upload.admission_failed", ours);
            return new Admission.Refused(ProblemType.STORAGE_UNAVAILABLE.retryAfter(RETRY_SECONDS));
        }
    }

    /** Gives back what waits on the request, if no resource took it. */
    public void giveBack(HttpServletRequest request) {
        take(request).ifPresent(intake::abandon);
    }

    /**
     * Reads the body of what waits on the request, on a thread of its own; {@link
     * ProblemType#LENGTH_REQUIRED} where nothing was admitted.
     */
    public CompletionStage<IntakeOutcome> receive(HttpServletRequest request, InputStream body) {
        var pending = take(request).orElseThrow(ProblemType.LENGTH_REQUIRED::withoutDetail);
        return executors.supply(() -> receive(pending, body));
    }

    /** Reads the body and says what became of it; blocks for as long as the client sends. */
    IntakeOutcome receive(Pending pending, HttpServletRequest request) throws IOException {
        InputStream body;
        try {
            body = request.getInputStream();
        } catch (IOException | RuntimeException gone) {
            intake.abandon(pending);
            throw gone;
        }
        return receive(pending, body);
    }

    private IntakeOutcome receive(Pending pending, InputStream body) {
        var began = System.nanoTime();
        metrics.began();
        try {
            return counted(intake.receive(pending, body));
        } finally {
            metrics.ended(Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private IntakeOutcome counted(IntakeOutcome outcome) {
        switch (outcome) {
            case IntakeOutcome.Stored(var row) -> metrics.stored(row.sizeBytes());
            case IntakeOutcome.AlreadyStored any -> {}
            case IntakeOutcome.Refused(var problem) -> metrics.refused(problem.type().slug());
            case IntakeOutcome.ClientGone() -> metrics.refused("client_gone");
        }
        return outcome;
    }

    private Declared declared(HttpServletRequest request, @Nullable String filename) {
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
                filename,
                request.getContentType(),
                checksum,
                proxies.clientAddress(request));
    }

    /** The pending upload of this request, once. */
    private static Optional<Pending> take(HttpServletRequest request) {
        var pending = request.getAttribute(PENDING);
        request.removeAttribute(PENDING);
        return Optional.ofNullable((Pending) pending);
    }
}
