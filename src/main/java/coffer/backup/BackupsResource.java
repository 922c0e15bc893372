package coffer.backup;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;
import coffer.platform.web.Envelope;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Backups that the calling system has (api.md section 2); intake takes new ones. */
@Dependent
@Path("systems/backups")
@ApplianceOnly
@Tag(name = "Backups of a system")
public class BackupsResource {

    private final Backups backups;
    private final BackupRemover remover;
    private final BackupDownload download;
    private final Executors executors;
    private final TrustedProxies proxies;

    @Inject
    public BackupsResource(
            Backups backups,
            BackupRemover remover,
            BackupDownload download,
            Executors executors,
            TrustedProxies proxies) {
        this.backups = backups;
        this.remover = remover;
        this.download = download;
        this.executors = executors;
        this.proxies = proxies;
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
    @APIResponse(
            responseCode = "200",
            description = "the bytes as they were sent",
            content =
                    @Content(
                            mediaType = "application/octet-stream",
                            schema = @Schema(type = SchemaType.STRING, format = "binary")))
    public CompletionStage<Response> get(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        var found = backups.find(CurrentCaller.appliance(request), id);
        return executors.supply(() -> download.answer(found, range, ifRange, ifNoneMatch));
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
                        CurrentCaller.appliance(request), id, proxies.clientAddress(request));
        return Envelope.ok("backup deleted", Map.of("id", removed.id()));
    }
}
