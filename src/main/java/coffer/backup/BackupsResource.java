package coffer.backup;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Backups of the system that calls (api.md section 2). */
@Dependent
@Path("systems/backups")
@ApplianceOnly
@Tag(name = "Backups of a system")
public class BackupsResource {

    private final Backups backups;
    private final BackupIntake intake;
    private final BackupRemover remover;
    private final BackupDownload download;
    private final IntakeMetrics metrics;
    private final BackupEdge edge;

    @Inject
    public BackupsResource(
            Backups backups,
            BackupIntake intake,
            BackupRemover remover,
            BackupDownload download,
            IntakeMetrics metrics,
            BackupEdge edge) {
        this.backups = backups;
        this.intake = intake;
        this.remover = remover;
        this.download = download;
        this.metrics = metrics;
        this.edge = edge;
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
        return edge.executors()
                .supply(() -> answer(intake.receive(pending, body)))
                .whenComplete((response, failure) ->
                        metrics.ended(Duration.ofNanos(System.nanoTime() - began)));
    }

    private Response answer(IntakeOutcome outcome) {
        return switch (outcome) {
            case IntakeOutcome.Stored(var row) -> {
                metrics.stored(row.sizeBytes());
                yield Envelope.answer(201, "backup stored", BackupView.of(row))
                        .location(edge.http().location("/api/systems/backups/" + row.id()))
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

    /** Everything the system has, newest first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "List the system's backups, newest first, complete")
    @APIResponse(responseCode = "200", description = "backups listed")
    public Response list(@Context HttpServletRequest request) {
        List<BackupView> views =
                backups.list(CurrentCaller.appliance(request)).stream()
                        .map(BackupView::of)
                        .toList();
        return Envelope.ok("backups listed", Map.of("backups", views));
    }

    /** The bytes, whole or a range. */
    @GET
    @Path("{id}")
    @Operation(summary = "Download a backup; Range and If-None-Match are honoured")
    @APIResponse(responseCode = "200", description = "the bytes as they were sent")
    public CompletionStage<Response> get(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        var found = backups.find(CurrentCaller.appliance(request), id);
        return edge.executors().supply(() -> download.answer(found, range, ifRange, ifNoneMatch));
    }

    /** To the trash, from where an administrator can bring it back. */
    @DELETE
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Move a backup to the trash")
    @APIResponse(responseCode = "200", description = "backup deleted")
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        var removed =
                remover.remove(
                        CurrentCaller.appliance(request),
                        id,
                        edge.proxies().clientAddress(request));
        return Envelope.ok("backup deleted", Map.of("id", removed.id()));
    }
}
