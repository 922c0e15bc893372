package coffer.fleet.organizations;

import coffer.fleet.WireId;
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
import jakarta.validation.constraints.Pattern;
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

/** {@code /api/organizations}: the caller's own organization and all below it. */
@Dependent
@Path("organizations")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Organizations")
public class OrganizationsResource {

    private final OrganizationDesk desk;
    private final HttpSettings http;

    @Inject
    public OrganizationsResource(OrganizationDesk desk, HttpSettings http) {
        this.desk = desk;
        this.http = http;
    }

    /** What a new one is. */
    public record NewOrganization(
            @NotBlank @Size(max = 200) @Nullable String name,
            @NotNull @Pattern(regexp = "distributor|reseller|customer") String type,
            @NotNull UUID parentId) {}

    /** A page of the subtree. */
    @GET
    @Permitted(Permission.ORGANIZATIONS_READ)
    @Operation(
            operationId = "listOrganizations",
            summary = "List the organizations of your subtree",
            description =
                    "`search` looks in names; `status` is active, suspended, deleted or all (by"
                            + " default all but deleted ones); `sort` is name, created_at or type, with"
                            + " a minus for downwards.")
    @APIResponse(
            responseCode = "200",
            description = "organizations listed",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "answer", value = Examples.LIST)))
    @APIResponse(responseCode = "400", description = "`validation failed`")
    public Response list(
            @Context HttpServletRequest request,
            @QueryParam("search") @Nullable String search,
            @QueryParam("type") @Nullable String type,
            @QueryParam("status") @Nullable String status,
            @QueryParam("parent_id") @Nullable String parentId,
            @QueryParam("sort") @Nullable String sort,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize) {
        var parent =
                parentId == null ? null : WireId.of(parentId, ProblemType.ORGANIZATION_NOT_FOUND);
        return Envelope.ok(
                "organizations listed",
                desk.list(
                        CurrentCaller.person(request),
                        new OrganizationDesk.Filter(search, type, status, parent),
                        sort,
                        Paging.of(page, pageSize)));
    }

    /** A new one below the caller's own, or below one of those. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Permitted(Permission.ORGANIZATIONS_MANAGE)
    @Operation(
            operationId = "createOrganization",
            summary = "Create an organization",
            description =
                    "Distributors stand below the owner; resellers below the owner or a distributor;"
                            + " customers below any of these.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "request", value = Examples.NEW)))
    @APIResponse(
            responseCode = "201",
            description = "organization created, with its Location",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "answer", value = Examples.ORGANIZATION)))
    @APIResponse(responseCode = "403", description = "`access denied to organization`")
    @APIResponse(responseCode = "404", description = "`organization not found`: the parent")
    public Response create(
            @Context HttpServletRequest request, @Valid @NotNull NewOrganization body) {
        var made =
                desk.create(
                        CurrentCaller.person(request),
                        Objects.requireNonNull(body.type()),
                        Objects.requireNonNull(body.parentId()),
                        Objects.requireNonNull(body.name()).strip());
        return Envelope.answer(201, "organization created", made)
                .location(http.location("/api/organizations/" + made.id()))
                .build();
    }
}
