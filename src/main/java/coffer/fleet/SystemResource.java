package coffer.fleet;

import coffer.appliance.ApplianceDescription;
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
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
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

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

/** {@code /api/systems/{id}}, for people: one system. */
@Dependent
@Path(SystemResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Systems seen from above")
public class SystemResource {

    /** So that no word of the appliances' own paths is taken for an id. */
    static final String PATH = "systems/{id: [0-9a-fA-F-]+}";

    private static final long MOST_CADENCE = 7_776_000;

    private final Systems systems;
    private final SystemDesk desk;

    @Inject
    public SystemResource(Systems systems, SystemDesk desk) {
        this.systems = systems;
        this.desk = desk;
    }

    /** What is said about one anew; all of it. */
    public record Description(
            @NotBlank @Size(max = 200) @Nullable String name,
            @Size(max = 50) @Nullable String type,
            @Size(max = 253) @Nullable String fqdn,
            @Min(3600) @Max(MOST_CADENCE) @Nullable Long cadenceSeconds) {}

    /** Where it goes. */
    public record Reassignment(@NotNull UUID organizationId) {}

    /** One of the subtree. */
    @GET
    @Permitted(Permission.SYSTEMS_READ)
    @Operation(operationId = "findSystem", summary = "One system")
    @APIResponse(
            responseCode = "200",
            description = "system found",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    @APIResponse(responseCode = "403", description = "`access denied to system`")
    @APIResponse(responseCode = "404", description = "`system not found`")
    public Response find(@Context HttpServletRequest request, @PathParam("id") String id) {
        return Envelope.ok("system found", systems.find(CurrentCaller.person(request), uuid(id)));
    }

    /** Its name and the like. */
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "updateSystem",
            summary = "Describe a system anew",
            description =
                    "`cadence_seconds` declares the time between backups; null leaves it to what is"
                            + " learned.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.UPDATE)))
    @APIResponse(
            responseCode = "200",
            description = "system updated",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    @APIResponse(responseCode = "409", description = "`system is deleted`")
    public Response update(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @NotNull Description body) {
        var cadence = body.cadenceSeconds();
        return answer(
                "system updated",
                request,
                id,
                (caller, uuid) ->
                        desk.describe(
                                caller,
                                uuid,
                                new ApplianceDescription(
                                        Objects.requireNonNull(body.name()).strip(),
                                        body.type(),
                                        body.fqdn()),
                                cadence == null ? null : Duration.ofSeconds(cadence)));
    }

    /** Delete a system, softly. */
    @DELETE
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "deleteSystem",
            summary = "Delete a system, softly",
            description =
                    "Ends its access at once; its backups are kept. Restore brings both back.")
    @APIResponse(
            responseCode = "200",
            description = "system deleted",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("system deleted", request, id, desk::delete);
    }

    /** Take a deletion back. */
    @PATCH
    @Path("restore")
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "restoreSystem",
            summary = "Take a deletion back",
            description = "Refused with 409 while its organization, or one above, is deleted.")
    @APIResponse(
            responseCode = "200",
            description = "system restored",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    public Response restore(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("system restored", request, id, desk::restore);
    }

    /** Suspend a system. */
    @PATCH
    @Path("suspend")
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "suspendSystem",
            summary = "Suspend a system",
            description = "Ends its access on every node within a second.")
    @APIResponse(
            responseCode = "200",
            description = "system suspended",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    public Response suspend(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("system suspended", request, id, desk::suspend);
    }

    /** Take a suspension back. */
    @PATCH
    @Path("reactivate")
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "reactivateSystem",
            summary = "Take a suspension back",
            description = "One of its organization, or above, still holds.")
    @APIResponse(
            responseCode = "200",
            description = "system reactivated",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    public Response reactivate(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("system reactivated", request, id, desk::reactivate);
    }

    /** To another organization. */
    @POST
    @Path("reassign")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "reassignSystem",
            summary = "Give a system to another organization",
            description =
                    "One transaction, whatever the number of its backups: id, key, secret, backups,"
                            + " times and addresses stay, usage goes along. Both organizations are in your"
                            + " subtree.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.REASSIGN)))
    @APIResponse(
            responseCode = "200",
            description = "system reassigned",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SYSTEM)))
    @APIResponse(
            responseCode = "409",
            description =
                    "`organization is suspended`, `organization is deleted`, `system is deleted` or"
                            + " `organization backup quota exceeded`; nothing is changed")
    public Response reassign(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @NotNull Reassignment body) {
        var target = Objects.requireNonNull(body.organizationId());
        return answer(
                "system reassigned",
                request,
                id,
                (caller, uuid) -> desk.reassign(caller, uuid, target));
    }

    private interface Deed {
        void on(Caller.Person caller, UUID id);
    }

    private Response answer(String message, HttpServletRequest request, String id, Deed deed) {
        var caller = CurrentCaller.person(request);
        var uuid = uuid(id);
        deed.on(caller, uuid);
        return Envelope.ok(message, systems.find(caller, uuid));
    }

    private static UUID uuid(String id) {
        return WireId.of(id, ProblemType.SYSTEM_NOT_FOUND);
    }
}
