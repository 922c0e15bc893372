package coffer.intake;

import coffer.access.ApplianceOnly;
import coffer.backup.BackupView;
import coffer.platform.Executors;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.HttpSettings;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where a system's new backup comes in (api.md section 2). */
@Dependent
@Path("systems/backups")
@ApplianceOnly
@Tag(name = "Backups of a system")
public class IntakeResource {

    private final BackupIntake intake;
    private final IntakeMetrics metrics;
    private final Executors executors;
    private final HttpSettings http;

    @Inject
    public IntakeResource(
            BackupIntake intake, IntakeMetrics metrics, Executors executors, HttpSettings http) {
        this.intake = intake;
        this.metrics = metrics;
        this.executors = executors;
        this.http = http;
    }

    /**
     * Takes a backup in. The filter ahead has admitted it; the body is read on a thread of its own.
     */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Upload a backup: the raw body with its Content-Length")
    @APIResponse(responseCode = "201", description = "backup stored")
    @APIResponse(
            responseCode = "200",
            description = "backup already stored: the newest one has the same bytes")
    public CompletionStage<Response> upload(@Context HttpServletRequest request, InputStream body) {
        var pending =
                IntakeFilter.take(request).orElseThrow(ProblemType.LENGTH_REQUIRED::withoutDetail);
        var began = System.nanoTime();
        metrics.began();
        return executors
                .supply(() -> answer(intake.receive(pending, body)))
                .whenComplete((response, failure) ->
                        metrics.ended(Duration.ofNanos(System.nanoTime() - began)));
    }

    private Response answer(IntakeOutcome outcome) {
        return switch (outcome) {
            case IntakeOutcome.Stored(var row) -> {
                metrics.stored(row.sizeBytes());
                yield Envelope.answer(201, "backup stored", BackupView.of(row))
                        .location(http.location("/api/systems/backups/" + row.id()))
                        .header("Connection", "close")
                        .build();
            }
            case IntakeOutcome.AlreadyStored(var row) ->
                    Envelope.answer(200, "backup already stored", BackupView.of(row))
                            .header("Connection", "close")
                            .build();
            case IntakeOutcome.Refused(var problem) -> {
                metrics.refused(problem.type().slug());
                throw problem;
            }
            case IntakeOutcome.ClientGone() -> {
                metrics.refused("client_gone");
                throw ProblemType.LENGTH_MISMATCH.withoutDetail();
            }
        };
    }
}
