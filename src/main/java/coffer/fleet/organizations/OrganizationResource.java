package coffer.fleet.organizations;

import coffer.fleet.WireId;
import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;

/** {@code /api/organizations/{id}}: one of them. */
@Dependent
@Path("organizations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organizations")
public class OrganizationResource {

    private final OrganizationDesk desk;

    @Inject
    public OrganizationResource(OrganizationDesk desk) {
        this.desk = desk;
    }

    /** What may be said about one anew. */
    public record Renaming(@NotBlank @Size(max = 200) @Nullable String name) {}

    /** Where it goes. */
    public record Move(@NotNull UUID parentId) {}

    /** One of the subtree. */
    @GET
    @Permitted(Permission.ORGANIZATIONS_READ)
    @Operation(operationId = "findOrganization", summary = "One organization")
    @APIResponse(
            responseCode = "200",
            description = "organization found",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    @APIResponse(responseCode = "403", description = "`access denied to organization`")
    @APIResponse(responseCode = "404", description = "`organization not found`")
    public Response find(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("organization found", request, id, desk::find);
    }

    /** Another name. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(operationId = "renameOrganization", summary = "Rename an organization")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.NAME)))
    @APIResponse(
            responseCode = "200",
            description = "organization updated",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    public Response rename(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @NotNull Renaming body) {
        var name = Objects.requireNonNull(body.name()).strip();
        return answer(
                "organization updated",
                request,
                id,
                (caller, uuid) -> desk.rename(caller, uuid, name));
    }

    /** Delete an organization, softly. */
    @DELETE
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "deleteOrganization",
            summary = "Delete an organization, softly",
            description =
                    "Ends the access of its whole subtree at once; backups are kept. Restore brings both back. Nobody"
                            + " does this to their own organization.")
    @APIResponse(
            responseCode = "200",
            description = "organization deleted",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("organization deleted", request, id, desk::delete);
    }

    /** Take a deletion back. */
    @PATCH
    @Path("restore")
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "restoreOrganization",
            summary = "Take a deletion back",
            description =
                    "Refused with 409 while one above is deleted. Nobody"
                            + " does this to their own organization.")
    @APIResponse(
            responseCode = "200",
            description = "organization restored",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    public Response restore(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("organization restored", request, id, desk::restore);
    }

    /** Suspend an organization. */
    @PATCH
    @Path("suspend")
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "suspendOrganization",
            summary = "Suspend an organization",
            description =
                    "Ends the access of its whole subtree, also of what comes into it later. Nobody"
                            + " does this to their own organization.")
    @APIResponse(
            responseCode = "200",
            description = "organization suspended",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    public Response suspend(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("organization suspended", request, id, desk::suspend);
    }

    /** Take a suspension back. */
    @PATCH
    @Path("reactivate")
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "reactivateOrganization",
            summary = "Take a suspension back",
            description =
                    "One above that is suspended still holds. Nobody"
                            + " does this to their own organization.")
    @APIResponse(
            responseCode = "200",
            description = "organization reactivated",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    public Response reactivate(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("organization reactivated", request, id, desk::reactivate);
    }

    /** Elsewhere in the tree, with all below it. */
    @POST
    @Path("move")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "moveOrganization",
            summary = "Move an organization with all below it",
            description =
                    "One transaction: the quotas above the new place are checked and charged, those"
                            + " above the old one given back. No backup is copied.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.MOVE)))
    @APIResponse(
            responseCode = "200",
            description = "organization moved",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    @APIResponse(
            responseCode = "409",
            description =
                    "`organization cannot stand there`, `organization is deleted`, `organization is"
                            + " suspended` or `organization backup quota exceeded`")
    public Response move(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @NotNull Move body) {
        var parent = Objects.requireNonNull(body.parentId());
        return answer(
                "organization moved",
                request,
                id,
                (caller, uuid) -> desk.move(caller, uuid, parent));
    }

    private static Response answer(
            String message,
            HttpServletRequest request,
            String id,
            BiFunction<Caller.Person, UUID, OrganizationView> act) {
        return Envelope.ok(
                message,
                act.apply(
                        CurrentCaller.person(request),
                        WireId.of(id, ProblemType.ORGANIZATION_NOT_FOUND)));
    }
}
