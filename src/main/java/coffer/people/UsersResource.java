package coffer.people;

import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.id.Visibility;
import coffer.people.proof.NewPassword;
import coffer.people.proof.PasswordHash;
import coffer.people.proof.Passwords;
import coffer.platform.Executors;
import coffer.platform.Ids;
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

    private final Users users;
    private final UserListLedger list;
    private final Passwords passwords;
    private final Ids ids;
    private final HttpSettings http;
    private final Executors executors;

    @Inject
    public UsersResource(
            Users users,
            UserListLedger list,
            Passwords passwords,
            Ids ids,
            HttpSettings http,
            Executors executors) {
        this.users = users;
        this.list = list;
        this.passwords = passwords;
        this.ids = ids;
        this.http = http;
        this.executors = executors;
    }

    /** Lists accounts by user name. */
    @GET
    @Permitted(Permission.USERS_READ)
    @Operation(operationId = "listUsers", summary = "The accounts of one's subtree")
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
            @QueryParam("role") @Nullable String role,
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        var paging = Paging.of(page, pageSize);
        var filter =
                UserListLedger.Filter.of(
                        Visibility.of(caller), organization(organizationId), search, role);
        var rows = list.page(filter, paging.offset(), paging.pageSize());
        return Envelope.ok(
                "users listed",
                Map.of(
                        "users",
                        rows.stream()
                                .map(row -> UserView.of(row, Users.actions(caller, row)))
                                .toList(),
                        "pagination",
                        paging.of(list.count(filter))));
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
        var caller = CurrentCaller.person(request);
        var row = users.find(caller, id(id));
        return Envelope.ok("user retrieved", UserView.of(row, Users.actions(caller, row)));
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
            var made =
                    body.password() == null && body.identity() == null
                            ? NewPassword.random(ids)
                            : null;
            var hash = made == null ? hash(body, body.username()) : passwords.hash(made);
            var row = users.create(caller, body, hash);
            var data =
                    new Created(
                            UserView.of(row, Users.actions(caller, row)),
                            made == null ? null : made.reveal());
            return Envelope.answer(201, "user created", data)
                    .location(http.location("/api/users/" + row.id()))
                    .header("Cache-Control", "no-store")
                    .build();
        });
    }

    /** A new account and, this once, the password that was made up for it. */
    public record Created(UserView user, @Nullable String initialPassword) {}

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
        return executors.supply(() -> {
            var before = users.find(caller, user);
            var row = users.update(caller, user, body, hash(body, before.username()));
            return Envelope.ok("user updated", UserView.of(row, Users.actions(caller, row)));
        });
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
        users.delete(CurrentCaller.person(request), user);
        return Envelope.ok("user deleted", Map.of("id", user));
    }

    private @Nullable PasswordHash hash(UserInput body, @Nullable String username) {
        if (body.password() == null) {
            return null;
        }
        var name = username == null ? "" : UserChanges.username(username);
        return passwords.hash(NewPassword.check("password", name, body.password()));
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
