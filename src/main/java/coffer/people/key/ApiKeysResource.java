package coffer.people.key;

import coffer.id.CurrentCaller;
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
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

/** {@code /api/me/api-keys}: keys for programs that act for the caller. */
@Dependent
@Path("me/api-keys")
@Tag(name = "API keys")
@SecurityRequirement(name = "person")
@SecurityRequirement(name = "apiKey")
public class ApiKeysResource {

    private static final String CREATED =
            """
            {"code": 201, "message": "api key created", "data": {"api_key":
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e030", "name": "monitoring",
              "prefix": "cok_0123456789abcdef0123", "scope": "read",
              "created_at": "2026-11-21T05:06:07.123456Z",
              "expires_at": "2027-02-19T05:06:07.123456Z", "last_used_at": null},
             "key": "cok_0123456789abcdef0123.0123456789abcdef0123456789abcdef01234567"}}\
            """;

    /** What a key shall be. */
    public record NewKey(
            @NotBlank @Size(max = 100) String name,
            @Nullable String scope,
            @Nullable Integer expiresInDays) {}

    /** A new key; {@code key} is told this once. */
    public record Created(ApiKeyView apiKey, String key) {}

    private final ApiKeys keys;

    @Inject
    public ApiKeysResource(ApiKeys keys) {
        this.keys = keys;
    }

    /** The caller's keys. */
    @GET
    @Permitted({})
    @Operation(operationId = "listApiKeys", summary = "One's own API keys, without their secrets")
    @APIResponse(
            responseCode = "200",
            description = "`data.api_keys`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "keys",
                                            value =
                                                    """
                                                    {"code": 200, "message": "api keys listed", "data": {"api_keys": [
                                                     {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e030", "name": "monitoring",
                                                      "prefix": "cok_0123456789abcdef0123", "scope": "read",
                                                      "created_at": "2026-11-21T05:06:07.123456Z",
                                                      "expires_at": "2027-02-19T05:06:07.123456Z", "last_used_at": null}]}}\
                                                    """)))
    public Response list(@Context HttpServletRequest request) {
        return Envelope.ok(
                "api keys listed", Map.of("api_keys", keys.list(CurrentCaller.person(request))));
    }

    /** Makes a key. */
    @POST
    @Permitted({})
    @Operation(
            operationId = "createApiKey",
            summary = "Make an API key",
            description =
                    "Sent as `X-Api-Key`. Scope `read` (the usual one) or `write`; a key never"
                            + " destroys. It ends after 90 days, or `expires_in_days` up to 366.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "monitoring",
                                            value =
                                                    """
                                                    {"name": "monitoring", "scope": "read", "expires_in_days": 90}\
                                                    """)))
    @APIResponse(
            responseCode = "201",
            description = "The key; `data.key` is told this once",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "api key created", value = CREATED)))
    @APIResponse(responseCode = "403", description = "`insufficient permissions`: an API key calls")
    @APIResponse(responseCode = "409", description = "`too many api keys`")
    public Response create(@NotNull @Valid NewKey body, @Context HttpServletRequest request) {
        var made =
                keys.create(
                        CurrentCaller.person(request),
                        body.name(),
                        body.scope(),
                        body.expiresInDays());
        return Envelope.answer(
                        201, "api key created", new Created(made.key(), made.text().reveal()))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** Ends a key at once, on every node. */
    @DELETE
    @Path("{id}")
    @Permitted({})
    @Operation(operationId = "deleteApiKey", summary = "End an API key, on every node")
    @APIResponse(
            responseCode = "200",
            description = "`api key deleted`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "deleted",
                                            value =
                                                    """
                                                    {"code": 200, "message": "api key deleted",
                                                     "data": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e030"}}\
                                                    """)))
    @APIResponse(responseCode = "404", description = "`api key not found`")
    public Response delete(@PathParam("id") String id, @Context HttpServletRequest request) {
        UUID key;
        try {
            key = UUID.fromString(id);
        } catch (IllegalArgumentException noId) {
            throw ProblemType.API_KEY_NOT_FOUND.withoutDetail();
        }
        keys.delete(CurrentCaller.person(request), key);
        return Envelope.ok("api key deleted", Map.of("id", key));
    }
}
