package coffer.people;

import coffer.id.CurrentCaller;
import coffer.id.Open;
import coffer.id.Permitted;
import coffer.people.proof.ProviderTokens;
import coffer.platform.Executors;
import coffer.platform.ProblemType;
import coffer.platform.Secret;
import coffer.platform.web.Envelope;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.util.concurrent.CompletionStage;

/** {@code /api/auth}: signing in and out. */
@Dependent
@Path("auth")
@Tag(name = "Sign-in")
public class AuthResource {

    /** What a person types. */
    public record Login(
            @NotBlank @Size(max = 100) String username,
            @NotBlank @Size(max = 256) String password) {}

    /** What continues a session. */
    public record Refresh(@NotBlank @Size(max = 200) String refreshToken) {}

    /** What a provider says. */
    public record Provider(@NotBlank @Size(max = 16_384) String idToken) {}

    /** What a person carries away; {@code expires_in} in seconds is the access token's. */
    public record SignedIn(String token, String refreshToken, long expiresIn, UserView user) {}

    private final SignInDesk desk;
    private final Sessions sessions;
    private final PeopleAccess access;
    private final ProviderTokens provider;
    private final TrustedProxies proxies;
    private final Executors executors;

    @Inject
    public AuthResource(
            SignInDesk desk,
            Sessions sessions,
            PeopleAccess access,
            ProviderTokens provider,
            TrustedProxies proxies,
            Executors executors) {
        this.desk = desk;
        this.sessions = sessions;
        this.access = access;
        this.provider = provider;
        this.proxies = proxies;
        this.executors = executors;
    }

    /** Signs in by name and password. */
    @POST
    @Path("login")
    @Open("name and password are the proof; throttled by address and name")
    @Operation(operationId = "signIn", summary = "Sign in with a user name and a password")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "login",
                                            value =
                                                    """
                                                    {"username": "anna", "password": "correct horse battery"}\
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "Signed in",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "signed in",
                                            value = PeopleExamples.SIGNED_IN)))
    @APIResponse(responseCode = "401", description = "`invalid username or password`")
    @APIResponse(
            responseCode = "429",
            description = "`too many sign-in attempts`, with Retry-After")
    @APIResponse(
            responseCode = "503",
            description = "`service unavailable`, with Retry-After: too many sign in at once")
    public CompletionStage<Response> login(
            @NotNull @Valid Login body, @Context HttpServletRequest request) {
        var address = proxies.clientAddress(request);
        return executors.supply(() ->
                answer(
                        desk.signIn(body.username(), new Secret(body.password()), address),
                        "signed in",
                        ProblemType.INVALID_SIGN_IN));
    }

    /** Exchanges a provider's ID token for our tokens. */
    @POST
    @Path("oidc")
    @Open("the ID token is the proof; throttled by address")
    @Operation(
            operationId = "signInWithProvider",
            summary = "Exchange an OpenID Connect ID token for a session",
            description =
                    "Works where a provider is configured. The account is the one that an"
                            + " administrator linked to the token's issuer and subject.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "id token",
                                            value = PeopleExamples.ID_TOKEN)))
    @APIResponse(
            responseCode = "200",
            description = "Signed in",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "signed in",
                                            value = PeopleExamples.SIGNED_IN)))
    @APIResponse(responseCode = "401", description = "`invalid token`")
    @APIResponse(responseCode = "404", description = "`api not found`: no provider is configured")
    public CompletionStage<Response> oidc(
            @NotNull @Valid Provider body, @Context HttpServletRequest request) {
        if (!provider.configured()) {
            throw ProblemType.ROUTE_NOT_FOUND.withoutDetail();
        }
        var address = proxies.clientAddress(request);
        return executors.supply(() -> {
            var wait = desk.throttle(address);
            if (wait.isPresent()) {
                throw ProblemType.SIGN_IN_THROTTLED.retryAfter(wait.get().toSeconds() + 1);
            }
            var identity =
                    provider.check(body.idToken())
                            .orElseThrow(ProblemType.INVALID_TOKEN::withoutDetail);
            return answer(desk.signIn(identity, address), "signed in", ProblemType.INVALID_TOKEN);
        });
    }

    /** The next tokens of a session. */
    @POST
    @Path("refresh")
    @Open("the refresh token is the proof")
    @Operation(
            operationId = "refreshSession",
            summary = "New tokens for a session",
            description =
                    "A refresh token works once. One that is shown again ends its session: somebody"
                            + " has a copy of it.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "refresh token",
                                            value = PeopleExamples.REFRESH)))
    @APIResponse(
            responseCode = "200",
            description = "New tokens",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "token refreshed",
                                            value = PeopleExamples.REFRESHED)))
    @APIResponse(responseCode = "401", description = "`invalid token`")
    public Response refresh(@NotNull @Valid Refresh body) {
        return answer(
                desk.refresh(body.refreshToken()), "token refreshed", ProblemType.INVALID_TOKEN);
    }

    /** Ends the session of the token that was sent. */
    @POST
    @Path("logout")
    @Permitted({})
    @Operation(operationId = "signOut", summary = "End this session, on every node")
    @APIResponse(
            responseCode = "200",
            description = "Signed out",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "signed out",
                                            value = PeopleExamples.SIGNED_OUT)))
    @APIResponse(responseCode = "401", description = "`invalid token`")
    @APIResponse(responseCode = "403", description = "`insufficient permissions`: an API key")
    public Response logout(@Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        var session =
                access.session(request)
                        .orElseThrow(ProblemType.INSUFFICIENT_PERMISSIONS::withoutDetail);
        sessions.end(caller, caller.userId(), session, "signed out");
        return Envelope.ok("signed out", null);
    }

    private static Response answer(SignInOutcome outcome, String message, ProblemType refusal) {
        return switch (outcome) {
            case SignInOutcome.Granted(var account, var tokens) ->
                    Response.fromResponse(
                                    Envelope.ok(
                                            message,
                                            new SignedIn(
                                                    tokens.access().reveal(),
                                                    tokens.refresh().reveal(),
                                                    tokens.expiresIn().toSeconds(),
                                                    UserView.of(account, java.util.List.of()))))
                            .header("Cache-Control", "no-store")
                            .build();
            case SignInOutcome.Refused() -> throw refusal.withoutDetail();
            case SignInOutcome.Throttled(var wait) ->
                    throw ProblemType.SIGN_IN_THROTTLED.retryAfter(wait.toSeconds() + 1);
        };
    }
}
