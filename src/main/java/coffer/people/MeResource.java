package coffer.people;

import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Executors;
import coffer.platform.ProblemType;
import coffer.platform.Secret;
import coffer.platform.web.Envelope;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
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

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** {@code /api/me}: the caller, about themselves. */
@Dependent
@Path("me")
@Tag(name = "Sign-in")
@SecurityRequirement(name = "person")
@SecurityRequirement(name = "apiKey")
public class MeResource {

    /**
     * The caller.
     *
     * @param permissions what their roles, or their key's scope, allow
     * @param apiKeyId the key that called, or null
     */
    public record Me(UserView user, List<String> permissions, @Nullable UUID apiKeyId) {}

    /** What people change about themselves; what is left out stays. */
    public record Profile(
            @Nullable @Size(min = 1, max = 200) String name,
            @Nullable @Pattern(regexp = "en|it", message = "must be en or it") String locale) {}

    /** The old password proves the person. */
    public record NewOne(
            @NotBlank @Size(max = 256) String currentPassword,
            @NotBlank @Size(max = 256) String newPassword) {}

    private final OwnAccount account;
    private final PeopleAccess access;
    private final Executors executors;

    @Inject
    public MeResource(OwnAccount account, PeopleAccess access, Executors executors) {
        this.account = account;
        this.access = access;
        this.executors = executors;
    }

    /** Who calls. */
    @GET
    @Permitted({})
    @Operation(operationId = "me", summary = "Who is signed in, and what they may do")
    @APIResponse(
            responseCode = "200",
            description = "The caller",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "me", value = PeopleExamples.ME)))
    @APIResponse(
            responseCode = "401",
            description = "`authorization header required` or `invalid token`")
    public Response me(@Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        return Envelope.ok("caller retrieved", view(caller, account.find(caller)));
    }

    /** Changes name and language. */
    @PUT
    @Permitted({})
    @Operation(operationId = "updateMe", summary = "Change one's own name and language")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "profile",
                                            value = PeopleExamples.PROFILE)))
    @APIResponse(
            responseCode = "200",
            description = "The caller",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "caller updated",
                                            value = PeopleExamples.ME_UPDATED)))
    public Response update(@NotNull @Valid Profile body, @Context HttpServletRequest request) {
        var caller = inPerson(request);
        return Envelope.ok(
                "caller updated",
                view(caller, account.describe(caller, body.name(), body.locale())));
    }

    /** Changes the password; other sessions end. */
    @PUT
    @Path("password")
    @Permitted({})
    @Operation(
            operationId = "changePassword",
            summary = "Change one's own password; every other session ends",
            description =
                    "12 to 256 characters. A wrong current password counts as a failed sign-in.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "passwords",
                                            value = PeopleExamples.PASSWORDS)))
    @APIResponse(
            responseCode = "200",
            description = "`password changed`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "password changed",
                                            value = PeopleExamples.PASSWORD_CHANGED)))
    @APIResponse(responseCode = "400", description = "`validation failed`")
    public CompletionStage<Response> password(
            @NotNull @Valid NewOne body, @Context HttpServletRequest request) {
        var caller = inPerson(request);
        var session = access.session(request).orElse(null);
        return executors.supply(() -> {
            var row = account.find(caller);
            account.prove(row, new Secret(body.currentPassword()));
            var hash = account.hash("new_password", row.username(), body.newPassword());
            account.replacePassword(caller, session, hash);
            return Envelope.ok("password changed", null);
        });
    }

    /** A key acts for a person, but not on them. */
    private static Caller.Person inPerson(HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        if (caller.apiKeyId().isPresent()) {
            throw ProblemType.INSUFFICIENT_PERMISSIONS.withoutDetail();
        }
        return caller;
    }

    private static Me view(Caller.Person caller, AccountRow row) {
        var permissions = caller.permissions().stream().sorted().map(Permission::wire).toList();
        return new Me(
                UserView.of(row, Users.actions(caller, row)),
                permissions,
                caller.apiKeyId().orElse(null));
    }
}
