package coffer.legacy;

import coffer.backup.BackupRow;
import coffer.intake.IntakeOutcome;
import coffer.intake.Uploads;
import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.BodyDrain;
import coffer.platform.web.BrokenTransfer;
import coffer.platform.web.Problems;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Uploads of old clients: the way of every upload, with other words at its end. */
@ApplicationScoped
public class LegacyUploads {

    private static final int RETRY_SECONDS = 30;

    /** How a protocol says that a backup is stored. */
    interface Wording {
        Response stored(BackupRow row, boolean before);
    }

    private final Uploads uploads;
    private final RefusalDesk refusals;
    private final LegacyMetrics metrics;
    private final Executors executors;

    @Inject
    LegacyUploads(
            Uploads uploads, RefusalDesk refusals, LegacyMetrics metrics, Executors executors) {
        this.uploads = uploads;
        this.refusals = refusals;
        this.metrics = metrics;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected LegacyUploads() {
        this(null, null, null, null);
    }

    /**
     * Refuses before anything is made of the body. A transfer that shall break for the client
     * breaks when the body has come: a balancer that is still sending would hide it.
     */
    void refuse(
            LegacyUpload upload,
            HttpServletRequest request,
            HttpServletResponse response,
            Problem problem)
            throws IOException {
        if (!breaks(upload, problem)) {
            Problems.refuse(response, problem);
        } else if (BodyDrain.isNeeded(request)) {
            breakAfterBody(request, response, problem);
        } else {
            BrokenTransfer.write(response, problem);
        }
    }

    private void breakAfterBody(
            HttpServletRequest request, HttpServletResponse response, Problem problem)
            throws IOException {
        var body = request.getInputStream();
        var length = request.getContentLengthLong();
        var threads = executors.virtual();
        var turn = request.startAsync(request, response);
        turn.setTimeout(0); // The drain knows when it is too slow.
        threads.execute(() -> {
            try {
                BodyDrain.drain(body, length);
                BrokenTransfer.write(response, problem);
            } catch (IOException | RuntimeException gone) {
                Log.info("legacy.answer_not_taken", "reason", gone.getClass().getSimpleName());
            } finally {
                turn.complete();
            }
        });
    }

    /** Receives what was admitted. */
    CompletionStage<Response> receive(
            LegacyProtocol protocol,
            HttpServletRequest request,
            InputStream body,
            Wording wording) {
        var upload = LegacyUpload.of(protocol, request);
        return uploads.receive(request, body)
                .handle((outcome, failure) -> {
                    if (failure == null) {
                        return answer(upload, outcome, wording);
                    }
                    Log.error("legacy.upload_failed", failure);
                    return refusal(
                            upload, ProblemType.STORAGE_UNAVAILABLE.retryAfter(RETRY_SECONDS));
                });
    }

    private Response answer(LegacyUpload upload, IntakeOutcome outcome, Wording wording) {
        return switch (outcome) {
            case IntakeOutcome.Stored(var row) -> stored(upload, wording.stored(row, false));
            case IntakeOutcome.AlreadyStored(var row) -> stored(upload, wording.stored(row, true));
            case IntakeOutcome.Refused(var problem) -> refusal(upload, problem);
            case IntakeOutcome.ClientGone() ->
                    refusal(upload, ProblemType.LENGTH_MISMATCH.withoutDetail());
        };
    }

    private Response stored(LegacyUpload upload, Response answer) {
        try {
            refusals.stored(upload);
        } catch (RuntimeException fault) {
            notWritten(fault); // The backup is stored all the same.
        }
        return answer;
    }

    private Response refusal(LegacyUpload upload, Problem problem) {
        if (breaks(upload, problem)) {
            return BrokenTransfer.answer(problem);
        }
        throw problem;
    }

    private boolean breaks(LegacyUpload upload, Problem problem) {
        var breaks = RefusalDesk.breaks(upload, problem);
        try {
            if (!breaks) {
                refusals.tell(upload, problem);
            }
        } catch (RuntimeException fault) {
            notWritten(fault);
            breaks = true; // Nobody would hear of it: the client must come again.
        }
        if (breaks) {
            metrics.broken(upload.protocol(), problem.type().slug());
        }
        return breaks;
    }

    private static void notWritten(RuntimeException fault) {
        Log.warn("legacy.alert_not_written", "reason", fault.getClass().getSimpleName());
    }
}
