package coffer.fleet.organizations;

import coffer.fleet.HoldView;
import coffer.fleet.Holds;
import coffer.fleet.WireId;
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

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** What is decided about an organization: limits, holds; and what it uses. */
@Dependent
@Path("organizations/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organizations")
public class OrganizationRulesResource {

    private final OrganizationDesk desk;
    private final PolicyDesk policies;
    private final Holds holds;

    @Inject
    public OrganizationRulesResource(OrganizationDesk desk, PolicyDesk policies, Holds holds) {
        this.desk = desk;
        this.policies = policies;
        this.holds = holds;
    }

    /** Why it is held. */
    public record Reason(@NotBlank @Size(max = 500) @Nullable String reason) {}

    /** Bytes and counts. */
    @GET
    @Path("usage")
    @Permitted(Permission.ORGANIZATIONS_READ)
    @Operation(
            operationId = "organizationUsage",
            summary = "What an organization uses, by itself and with all below it")
    @APIResponse(
            responseCode = "200",
            description = "usage found",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.USAGE)))
    public Response usage(@Context HttpServletRequest request, @PathParam("id") String id) {
        return Envelope.ok("usage found", desk.usage(CurrentCaller.person(request), uuid(id)));
    }

    /** What holds. */
    @GET
    @Path("policy")
    @Permitted(Permission.ORGANIZATIONS_READ)
    @Operation(
            operationId = "organizationPolicy",
            summary = "What holds for an organization, and who decided it",
            description =
                    "`source` of each value is own, above, or default. Who decided above is named"
                            + " only where you see that organization.")
    @APIResponse(
            responseCode = "200",
            description = "policy found",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.EFFECTIVE)))
    public Response effective(@Context HttpServletRequest request, @PathParam("id") String id) {
        return Envelope.ok(
                "policy found", policies.effective(CurrentCaller.person(request), uuid(id)));
    }

    /** Decides anew. */
    @PUT
    @Path("policy")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "setOrganizationPolicy",
            summary = "Set limits and rules of an organization",
            description =
                    "Replaces the whole policy. Of those below, an administrator sets it freely, but"
                            + " not looser than what was decided about their own organization; their own"
                            + " they may only tighten. `quota_bytes` counts the whole subtree; 0 is none."
                            + " `downloads: restricted` keeps downloads to admin and support.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.POLICY)))
    @APIResponse(
            responseCode = "200",
            description = "policy set",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    @APIResponse(responseCode = "403", description = "`policy may only be tightened` `{fields}`")
    public Response policy(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @Valid @NotNull PolicyInput body) {
        return Envelope.ok(
                "policy set", policies.set(CurrentCaller.person(request), uuid(id), body.wanted()));
    }

    /** The open ones. */
    @GET
    @Path("hold")
    @Permitted(Permission.ORGANIZATIONS_READ)
    @Operation(operationId = "organizationHolds", summary = "Legal holds on an organization itself")
    @APIResponse(
            responseCode = "200",
            description = "holds listed",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.HOLDS)))
    public Response holds(@Context HttpServletRequest request, @PathParam("id") String id) {
        return answer(
                "holds listed", holds.onOrganization(CurrentCaller.person(request), uuid(id)));
    }

    /** One more, by the caller's organization. */
    @POST
    @Path("hold")
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.HOLDS_MANAGE)
    @Operation(
            operationId = "holdOrganization",
            summary = "Put an organization's whole subtree under a legal hold",
            description =
                    "What is held is neither retired nor deleted nor erased, and fills no cap of a"
                            + " system. Each level sets a hold of its own.")
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
                holds.holdOrganization(
                        CurrentCaller.person(request),
                        uuid(id),
                        Objects.requireNonNull(body.reason())));
    }

    /** Those that the caller may lift. */
    @DELETE
    @Path("hold")
    @Permitted(Permission.HOLDS_MANAGE)
    @Operation(
            operationId = "liftOrganizationHold",
            summary = "Lift a legal hold",
            description =
                    "Lifts the holds that the caller's organization, or one below it, has set;"
                            + " answers with those that remain.")
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
        return answer(
                "hold lifted", holds.liftOrganization(CurrentCaller.person(request), uuid(id)));
    }

    private static Response answer(String message, List<HoldView> open) {
        return Envelope.ok(message, Map.of("holds", open));
    }

    private static UUID uuid(String id) {
        return WireId.of(id, ProblemType.ORGANIZATION_NOT_FOUND);
    }
}
