package coffer.people;

import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Executors;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.HttpSettings;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirement;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** {@code /api/users}: the accounts of a subtree. */
@Dependent
@Path("users")
@Tag(name = "Users")
@SecurityRequirement(name = "person")
@SecurityRequirement(name = "apiKey")
public class UsersResource {

    private final UserDesk desk;
    private final HttpSettings http;
    private final Executors executors;

    @Inject
    public UsersResource(UserDesk desk, HttpSettings http, Executors executors) {
        this.desk = desk;
        this.http = http;
        this.executors = executors;
    }

    /** Lists accounts by user name. */
    @GET
    @Permitted(Permission.USERS_READ)
    @Operation(
            operationId = "listUsers",
            summary = "The accounts of one's subtree",
            description =
                    "`organization_id` narrows it to one organization, with `include_hierarchy=true`"
                            + " and those below it.")
    @APIResponse(
            responseCode = "200",
            description = "`data.users` and `data.pagination`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(name = "users", value = PeopleExamples.USERS)))
    @APIResponse(responseCode = "403", description = "`insufficient permissions`")
    public Response list(
            @QueryParam("search") @Nullable String search,
            @QueryParam("organization_id") @Nullable String organizationId,
            @QueryParam("include_hierarchy") @Nullable String includeHierarchy,
            @QueryParam("role") @Nullable String role,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @Context HttpServletRequest request) {
        return Envelope.ok(
                "users listed",
                desk.list(
                        CurrentCaller.person(request),
                        new UserDesk.Wanted(
                                search,
                                organization(organizationId),
                                Boolean.parseBoolean(includeHierarchy),
                                role),
                        Paging.of(page, pageSize)));
    }

    /** One account. */
    @GET
    @Path("{id}")
    @Permitted(Permission.USERS_READ)
    @Operation(operationId = "getUser", summary = "One account")
    @APIResponse(
            responseCode = "200",
            description = "The account",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "user", value = PeopleExamples.USER)))
    @APIResponse(responseCode = "403", description = "`access denied to user`")
    @APIResponse(responseCode = "404", description = "`user not found`")
    public Response get(@PathParam("id") String id, @Context HttpServletRequest request) {
        return Envelope.ok("user retrieved", desk.find(CurrentCaller.person(request), id(id)));
    }

    /** Makes an account. */
    @POST
    @Permitted(Permission.USERS_MANAGE)
    @Operation(
            operationId = "createUser",
            summary = "Make an account",
            description =
                    "Without a password and without an identity, a password is made up and told"
                            + " this once in `data.initial_password`. Either way it must be changed"
                            + " at the first sign-in.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "new user",
                                            value =
                                                    """
                                                    {"username": "anna", "name": "Anna Rossi", "locale": "it", "roles": ["admin"],
                                                     "organization_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000"}\
                                                    """)))
    @APIResponse(
            responseCode = "201",
            description = "The account, with `initial_password` or null",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "user created",
                                            value = PeopleExamples.CREATED)))
    @APIResponse(responseCode = "400", description = "`validation failed`")
    @APIResponse(
            responseCode = "403",
            description =
                    "`insufficient permissions`, also for a role that may more than the caller;"
                            + " `access denied to organization`")
    @APIResponse(responseCode = "409", description = "`user already exists`")
    public CompletionStage<Response> create(
            @NotNull @Valid UserInput body, @Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        return executors.supply(() -> {
            var made = desk.create(caller, body);
            return Envelope.answer(201, "user created", made)
                    .location(http.location("/api/users/" + made.user().id()))
                    .header("Cache-Control", "no-store")
                    .build();
        });
    }

    /** Changes an account. */
    @PUT
    @Path("{id}")
    @Permitted(Permission.USERS_MANAGE)
    @Operation(
            operationId = "updateUser",
            summary = "Change an account",
            description =
                    "What is left out stays. A password set here must be changed at the next"
                            + " sign-in and ends the sessions; nobody changes their own roles,"
                            + " organization or password here.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "new roles",
                                            value = PeopleExamples.NEW_ROLES)))
    @APIResponse(
            responseCode = "200",
            description = "The account",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "user updated",
                                            value = PeopleExamples.UPDATED)))
    @APIResponse(
            responseCode = "403",
            description = "`insufficient permissions`, `access denied to user`")
    @APIResponse(responseCode = "404", description = "`user not found`")
    public CompletionStage<Response> update(
            @PathParam("id") String id,
            @NotNull @Valid UserInput body,
            @Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        var user = id(id);
        return executors.supply(() -> Envelope.ok("user updated", desk.update(caller, user, body)));
    }

    /** Ends an account. */
    @DELETE
    @Path("{id}")
    @Permitted(Permission.USERS_MANAGE)
    @Operation(
            operationId = "deleteUser",
            summary = "End an account: its sessions, its keys, and what is known of the person")
    @APIResponse(
            responseCode = "200",
            description = "`user deleted`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "deleted",
                                            value = PeopleExamples.DELETED)))
    @APIResponse(
            responseCode = "403",
            description = "`access denied to user`, also for one's own account")
    @APIResponse(responseCode = "404", description = "`user not found`")
    public Response delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        var user = id(id);
        desk.delete(CurrentCaller.person(request), user);
        return Envelope.ok("user deleted", Map.of("id", user));
    }

    private static @Nullable UUID organization(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw Paging.invalid("organization_id", "must be an id", text);
        }
    }

    /** What is no id is nobody's. */
    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException noId) {
            throw ProblemType.USER_NOT_FOUND.withoutDetail();
        }
    }
}
