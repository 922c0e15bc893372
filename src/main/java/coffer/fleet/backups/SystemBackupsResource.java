package coffer.fleet.backups;

import coffer.fleet.WireId;
import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.UUID;

/** {@code /api/systems/{id}/backups}: a system's backups, for people. */
@Dependent
@Path("systems/{id: [0-9a-fA-F-]+}/backups")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Backups seen from above")
public class SystemBackupsResource {

    private final SystemBackups backups;
    private final Presigning presigning;

    @Inject
    public SystemBackupsResource(SystemBackups backups, Presigning presigning) {
        this.backups = backups;
        this.presigning = presigning;
    }

    /** An address that works for a few minutes. */
    public record Download(URI downloadUrl, long expiresInSeconds) {}

    /** Those of a system, or those in its trash. */
    @GET
    @Permitted(Permission.BACKUPS_READ)
    @Operation(
            operationId = "listSystemBackups",
            summary = "List a system's backups, newest first",
            description =
                    "`state=trashed` lists the trash. Besides pages, `cursor` asks for what follows the"
                            + " page that gave it.")
    @APIResponse(
            responseCode = "200",
            description = "backups listed",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.LIST)))
    @APIResponse(responseCode = "403", description = "`access denied to system`")
    @APIResponse(responseCode = "404", description = "`system not found`")
    public Response list(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @QueryParam("state") @Nullable String state,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        if (state != null && !state.equals("stored") && !state.equals("trashed")) {
            throw Paging.invalid("state", "must be stored or trashed", state);
        }
        return Envelope.ok(
                "backups listed",
                backups.list(
                        CurrentCaller.person(request),
                        uuid(id),
                        "trashed".equals(state),
                        cursor,
                        Paging.of(page, pageSize)));
    }

    /** An address at the store itself. */
    @GET
    @Path("{backup_id}/download")
    @Permitted({Permission.BACKUPS_READ, Permission.BACKUPS_DOWNLOAD})
    @Operation(
            operationId = "downloadSystemBackup",
            summary = "A short-lived address to download a backup from",
            description =
                    "Also of one in the trash. Where an organization's policy restricts downloads, only"
                            + " for those who manage backups. Each is in the audit trail.")
    @APIResponse(
            responseCode = "200",
            description = "download ready",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.DOWNLOAD)))
    @APIResponse(responseCode = "403", description = "`insufficient permissions`")
    @APIResponse(responseCode = "404", description = "`backup not found`")
    @APIResponse(
            responseCode = "502",
            description = "`failed to fetch backup`: no copy can be read")
    public Response download(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @PathParam("backup_id") String backupId) {
        var wanted = backups.download(CurrentCaller.person(request), uuid(id), backupId);
        return Envelope.answer(
                        200,
                        "download ready",
                        new Download(presigning.sign(wanted), presigning.life().toSeconds()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** To the trash. */
    @DELETE
    @Path("{backup_id}")
    @Permitted(Permission.BACKUPS_DELETE)
    @Operation(
            operationId = "deleteSystemBackup",
            summary = "Move a system's backup to the trash",
            description = "From there it can be brought back; retention empties the trash.")
    @APIResponse(
            responseCode = "200",
            description = "backup deleted",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.BACKUP)))
    @APIResponse(responseCode = "409", description = "`backup is protected`: pinned or held")
    @APIResponse(responseCode = "429", description = "`backup trash is full`")
    public Response delete(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @PathParam("backup_id") String backupId) {
        return Envelope.ok(
                "backup deleted",
                backups.delete(CurrentCaller.person(request), uuid(id), backupId));
    }

    /** Back from the trash. */
    @POST
    @Path("{backup_id}/untrash")
    @Permitted(Permission.BACKUPS_MANAGE)
    @Operation(
            operationId = "untrashBackup",
            summary = "Bring a backup back from the trash",
            description = "It comes back pinned for seven days, whatever pins and caps say.")
    @APIResponse(
            responseCode = "200",
            description = "backup restored",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.BACKUP)))
    @APIResponse(responseCode = "404", description = "`backup not found`: not in the trash")
    public Response untrash(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @PathParam("backup_id") String backupId) {
        return Envelope.ok(
                "backup restored",
                backups.untrash(CurrentCaller.person(request), uuid(id), backupId));
    }

    /** Keep it. */
    @POST
    @Path("{backup_id}/pin")
    @Permitted(Permission.BACKUPS_MANAGE)
    @Operation(
            operationId = "pinBackup",
            summary = "Keep a backup until it is unpinned",
            description = "At most max-backups - 2 and half the bytes of a system.")
    @APIResponse(
            responseCode = "200",
            description = "backup pinned",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.BACKUP)))
    @APIResponse(responseCode = "409", description = "`too many pinned backups`")
    public Response pin(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @PathParam("backup_id") String backupId) {
        return Envelope.ok(
                "backup pinned",
                backups.pin(CurrentCaller.person(request), uuid(id), backupId, true));
    }

    /** Leave it to retention again. */
    @DELETE
    @Path("{backup_id}/pin")
    @Permitted(Permission.BACKUPS_MANAGE)
    @Operation(operationId = "unpinBackup", summary = "Leave a backup to retention again")
    @APIResponse(
            responseCode = "200",
            description = "backup unpinned",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.BACKUP)))
    public Response unpin(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @PathParam("backup_id") String backupId) {
        return Envelope.ok(
                "backup unpinned",
                backups.pin(CurrentCaller.person(request), uuid(id), backupId, false));
    }

    private static UUID uuid(String id) {
        return WireId.of(id, ProblemType.SYSTEM_NOT_FOUND);
    }
}
