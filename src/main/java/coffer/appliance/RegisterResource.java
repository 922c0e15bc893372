package coffer.appliance;

import coffer.id.Open;
import coffer.platform.Executors;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.Json;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
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
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/systems/register}. Whatever goes wrong on our side answers 429: on any other
 * error some appliances send their secret to another host.
 */
@Dependent
@Path("systems/register")
@Tag(name = "Systems")
public class RegisterResource {

    private static final int MOST_BYTES = 8 * 1024;
    private static final int RETRY_SECONDS = 30;

    /** What an appliance sends. */
    public record Request(@Nullable String systemSecret) {}

    /** What it gets. */
    public record Registration(String systemKey, java.time.Instant registeredAt) {}

    private final RegistrationDesk desk;
    private final TrustedProxies proxies;
    private final Executors executors;

    @Inject
    public RegisterResource(RegistrationDesk desk, TrustedProxies proxies, Executors executors) {
        this.desk = desk;
        this.proxies = proxies;
        this.executors = executors;
    }

    /** Registers the system whose secret the body holds. */
    @POST
    @Open("the body proves the secret; throttled by address and by public part")
    @Operation(
            operationId = "registerSystem",
            summary = "Register a system by its secret",
            description =
                    "Public: the secret is the proof. Works once. Faults of the server answer 429"
                            + " with Retry-After, too.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "secret",
                                            value =
                                                    """
                                                    {"system_secret": "cof_0123456789abcdef0123.0123456789abcdef0123456789abcdef01234567"}\
                                                    """)))
    @APIResponse(
            responseCode = "200",
            description = "Registered",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "registered",
                                            value =
                                                    """
                                                    {"code": 200, "message": "system registered successfully", "data":
                                                     {"system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809",
                                                      "registered_at": "2026-11-21T05:06:07.123456Z"}}\
                                                    """)))
    @APIResponse(responseCode = "400", description = "`invalid system secret format`")
    @APIResponse(
            responseCode = "401",
            description = "`invalid system secret`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "unknown",
                                            value =
                                                    """
                                                    {"code": 401, "message": "invalid system secret", "data": {"type": "invalid_system_secret"}}\
                                                    """)))
    @APIResponse(responseCode = "403", description = "`system has been deleted`")
    @APIResponse(responseCode = "409", description = "`system is already registered`")
    @APIResponse(
            responseCode = "429",
            description = "`too many registration attempts`, with Retry-After")
    public CompletionStage<Response> register(
            InputStream body, @Context HttpServletRequest request) {
        var address = proxies.clientAddress(request);
        return executors.supply(() -> answer(body, address));
    }

    private Response answer(InputStream body, String address) {
        try {
            return answer(desk.register(secret(body), address));
        } catch (Problem refusal) {
            throw refusal.type().status() < ProblemType.INTERNAL.status() ? refusal : ours(refusal);
        } catch (RuntimeException fault) {
            throw ours(fault);
        }
    }

    private static Response answer(RegistrationOutcome outcome) {
        return switch (outcome) {
            case RegistrationOutcome.Registered(var key, var at) ->
                    Envelope.ok("system registered successfully", new Registration(key, at));
            case RegistrationOutcome.Malformed() ->
                    throw ProblemType.INVALID_SECRET_FORMAT.withoutDetail();
            case RegistrationOutcome.Throttled(var wait) ->
                    throw ProblemType.REGISTRATION_THROTTLED.retryAfter(wait.toSeconds() + 1);
            case RegistrationOutcome.Unproven() ->
                    throw ProblemType.INVALID_SYSTEM_SECRET.withoutDetail();
            case RegistrationOutcome.Deleted() -> throw ProblemType.SYSTEM_DELETED.withoutDetail();
            case RegistrationOutcome.RegisteredBefore() ->
                    throw ProblemType.ALREADY_REGISTERED.withoutDetail();
        };
    }

    private static Problem ours(RuntimeException fault) {
        Log.error("registration.failed", fault);
        return ProblemType.REGISTRATION_THROTTLED.retryAfter(RETRY_SECONDS);
    }

    /** Null for anything but a small JSON object with that text in it. */
    private static @Nullable String secret(InputStream body) {
        try {
            var bytes = BoundedBody.read(body, MOST_BYTES);
            var request = Json.read(new ByteArrayInputStream(bytes), Request.class);
            return request == null ? null : request.systemSecret();
        } catch (IOException | Problem | JsonbException | JsonException unreadable) {
            return null;
        }
    }
}
