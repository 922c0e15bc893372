package coffer.fleet;

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
import jakarta.ws.rs.POST;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A system's secrets and holds. */
@Dependent
@Path(SystemResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Systems seen from above")
public class SystemSecretsResource {

    private static final long MOST_OVERLAP = 604_800;

    private final Systems systems;
    private final SystemDesk desk;

    @Inject
    public SystemSecretsResource(Systems systems, SystemDesk desk) {
        this.systems = systems;
        this.desk = desk;
    }

    /** How much longer the old one works. */
    public record Overlap(@Min(0) @Max(MOST_OVERLAP) @Nullable Long overlapSeconds) {}

    /** A new secret, this once. */
    public record NewSecret(String systemKey, String systemSecret, long overlapSeconds) {}

    /** Why it is held. */
    public record Reason(@NotBlank @Size(max = 500) @Nullable String reason) {}

    /** A new secret, at once or with an overlap. */
    @POST
    @Path("regenerate-secret")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "regenerateSecret",
            summary = "Replace a system's secret",
            description =
                    "Also for registered systems, which stay registered. The old secret ends at once,"
                            + " or after `overlap_seconds` (at most a week).")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.OVERLAP)))
    @APIResponse(
            responseCode = "200",
            description = "secret regenerated; told this once",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SECRET)))
    public Response regenerate(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @Nullable Overlap body) {
        var wanted = body == null ? null : body.overlapSeconds();
        var seconds = wanted == null ? 0 : wanted;
        var caller = CurrentCaller.person(request);
        var secret = desk.regenerate(caller, uuid(id), Duration.ofSeconds(seconds));
        return secret("secret regenerated", caller, id, secret, seconds);
    }

    /** A secret for replacement hardware. */
    @POST
    @Path("reissue")
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "reissueSystem",
            summary = "Issue a secret for replacement hardware",
            description =
                    "The new secret registers once, and that ends the old one. Until then the old"
                            + " hardware works on. The system, its key and its backups stay.")
    @APIResponse(
            responseCode = "200",
            description = "secret reissued; told this once",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.SECRET)))
    public Response reissue(@Context HttpServletRequest request, @PathParam("id") String id) {
        var caller = CurrentCaller.person(request);
        var secret = desk.reissue(caller, uuid(id));
        return secret("secret reissued", caller, id, secret, 0);
    }

    /** The open ones. */
    @GET
    @Path("hold")
    @Permitted(Permission.SYSTEMS_READ)
    @Operation(operationId = "systemHolds", summary = "Legal holds on a system itself")
    @APIResponse(
            responseCode = "200",
            description = "holds listed",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.HOLDS)))
    public Response holds(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("holds listed", desk.holds(CurrentCaller.person(request), uuid(id)));
    }

    /** One more, by the caller's organization. */
    @POST
    @Path("hold")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.HOLDS_MANAGE)
    @Operation(operationId = "holdSystem", summary = "Put a system under a legal hold")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.REASON)))
    @APIResponse(
            responseCode = "200",
            description = "hold set",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.HOLDS)))
    public Response hold(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @NotNull Reason body) {
        return answer(
                "hold set",
                desk.hold(
                        CurrentCaller.person(request),
                        uuid(id),
                        Objects.requireNonNull(body.reason())));
    }

    /** Those that the caller may lift. */
    @DELETE
    @Path("hold")
    @Permitted(Permission.HOLDS_MANAGE)
    @Operation(
            operationId = "liftSystemHold",
            summary = "Lift a legal hold of a system",
            description = "Those that the caller's organization, or one below it, has set.")
    @APIResponse(
            responseCode = "200",
            description = "hold lifted",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.HOLDS)))
    @APIResponse(responseCode = "403", description = "`access denied to hold`: set from above")
    @APIResponse(responseCode = "404", description = "`hold not found`")
    public Response lift(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer("hold lifted", desk.lift(CurrentCaller.person(request), uuid(id)));
    }

    private Response secret(
            String message, Caller.Person caller, String id, String secret, long overlap) {
        var key = systems.find(caller, uuid(id)).systemKey();
        return Envelope.answer(200, message, new NewSecret(key, secret, overlap))
                .header("Cache-Control", "no-store")
                .build();
    }

    private static Response answer(String message, List<HoldView> open) {
        return Envelope.ok(message, Map.of("holds", open));
    }

    private static UUID uuid(String id) {
        return WireId.of(id, ProblemType.SYSTEM_NOT_FOUND);
    }
}
