package coffer.fleet;

import coffer.appliance.ApplianceDescription;
import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.HttpSettings;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
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

/** {@code /api/systems}, for people: the systems of their subtree. */
@Dependent
@Path("systems")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Systems seen from above")
public class SystemsResource {

    private final Systems systems;
    private final HttpSettings http;

    @Inject
    public SystemsResource(Systems systems, HttpSettings http) {
        this.systems = systems;
        this.http = http;
    }

    /** What a new one is. */
    public record NewSystem(
            @NotNull UUID organizationId,
            @NotBlank @Size(max = 200) @Nullable String name,
            @Size(max = 50) @Nullable String type,
            @Size(max = 253) @Nullable String fqdn) {}

    /** What is told once. */
    public record Made(String systemKey, String systemSecret, SystemView system) {}

    /** A page of the subtree's systems. */
    @GET
    @Permitted(Permission.SYSTEMS_READ)
    @Operation(
            operationId = "listSystems",
            summary = "List the systems of your subtree",
            description =
                    "`search` looks in name, fqdn and system key. `status`: unknown, active, inactive"
                            + " (by heartbeat), suspended, deleted or all. `backup_state`: never, fresh,"
                            + " due, late, overdue or paused. `last_legacy_protocol`: v2, proxy, isa,"
                            + " machine, nethbackup, any or none: who still calls as a client of the"
                            + " replaced platform. `organization_id` narrows to one organization,"
                            + " with `include_hierarchy=true` to its subtree. `sort`: name, created_at, type,"
                            + " organization, last_backup_at, last_heartbeat or last_legacy_at, with a minus"
                            + " for downwards.")
    @APIResponse(
            responseCode = "200",
            description = "systems listed",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.LIST)))
    @APIResponse(responseCode = "400", description = "`validation failed`")
    @APIResponse(responseCode = "403", description = "`access denied to organization`")
    public Response list(
            @Context HttpServletRequest request,
            @QueryParam("search") @Nullable String search,
            @QueryParam("type") @Nullable String type,
            @QueryParam("status") @Nullable String status,
            @QueryParam("last_legacy_protocol") @Nullable String legacyProtocol,
            @QueryParam("organization_id") @Nullable String organizationId,
            @QueryParam("include_hierarchy") @Nullable String includeHierarchy,
            @QueryParam("backup_state") @Nullable String backupState,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        var organization =
                organizationId == null
                        ? null
                        : WireId.of(organizationId, ProblemType.ORGANIZATION_NOT_FOUND);
        var filter =
                new SystemFilter(
                        search,
                        type,
                        status,
                        legacyProtocol,
                        organization,
                        "true".equalsIgnoreCase(includeHierarchy),
                        backupState);
        return Envelope.ok(
                "systems listed",
                systems.list(
                        CurrentCaller.person(request), filter, sort, Paging.of(page, pageSize)));
    }

    /** A new one, with its secret. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(
            operationId = "createSystem",
            summary = "Create a system",
            description =
                    "Answers with its key and, this once, its secret. The appliance registers itself"
                            + " with the secret before it is let in.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.NEW)))
    @APIResponse(
            responseCode = "201",
            description = "system created, with its Location",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.MADE)))
    @APIResponse(responseCode = "403", description = "`access denied to organization`")
    @APIResponse(responseCode = "404", description = "`organization not found`")
    @APIResponse(responseCode = "409", description = "`organization is deleted`")
    public Response create(@Context HttpServletRequest request, @Valid @NotNull NewSystem body) {
        var made =
                systems.create(
                        CurrentCaller.person(request),
                        Objects.requireNonNull(body.organizationId()),
                        new ApplianceDescription(
                                Objects.requireNonNull(body.name()).strip(),
                                body.type(),
                                body.fqdn()));
        return Envelope.answer(
                        201,
                        "system created",
                        new Made(made.system().systemKey(), made.secret(), made.system()))
                .location(http.location("/api/systems/" + made.system().id()))
                .header("Cache-Control", "no-store")
                .build();
    }
}
