package coffer.legacy.pairs;

import coffer.appliance.BoundedBody;
import coffer.id.CurrentCaller;
import coffer.id.Permission;
import coffer.id.Permitted;
import coffer.platform.Executors;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.Paging;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** {@code /api/legacy/pairs}: the pairs of the old platform, for administrators. */
@Dependent
@Path("legacy/pairs")
@Tag(name = "Old clients")
public class LegacyPairsResource {

    private static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final String LISTED =
            """
            {"code": 200, "message": "legacy pairs listed", "data": {"pairs": [
             {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e005",
              "system_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001",
              "system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809", "system_name": "fw-f809",
              "legacy_id": "5c2f0a1b-7c1d-4a7e-9d53-2a1f9e7b6c01",
              "imported_at": "2026-11-21T05:06:07.123456Z", "confirmed_at": null, "ends_at": null,
              "last_legacy_protocol": "v2", "last_legacy_at": "2026-11-21T06:00:00.000000Z"}],
             "pagination": {"page": 1, "page_size": 50, "total_count": 1, "total_pages": 1,
              "has_next": false, "has_prev": false, "next_page": null, "prev_page": null}}}\
            """;

    private final LegacyPairs pairs;
    private final Executors executors;

    @Inject
    public LegacyPairsResource(LegacyPairs pairs, Executors executors) {
        this.pairs = pairs;
        this.executors = executors;
    }

    /** Imports a file. */
    @POST
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Consumes(MediaType.WILDCARD)
    @Operation(
            operationId = "importLegacyPairs",
            summary = "Import pairs of the old platform as CSV, all or none",
            description =
                    "Each line maps a `system_id:secret` of the old platform to a system, by its"
                            + " key or its id. Secrets are hashed on arrival.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "text/csv",
                            examples =
                                    @ExampleObject(
                                            name = "pairs",
                                            value =
                                                    """
                                                    system_id,secret,system
                                                    5c2f0a1b-7c1d-4a7e-9d53-2a1f9e7b6c01,75f99f440450a89a75fb5c9ebae7457f,NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809
                                                    """)))
    @APIResponse(
            responseCode = "201",
            description = "`data.imported` pairs are in force",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "imported",
                                            value =
                                                    """
                                                    {"code": 201, "message": "legacy pairs imported", "data": {"imported": 1}}\
                                                    """)))
    @APIResponse(
            responseCode = "400",
            description = "`validation failed`, with an error for each bad line; nothing changed")
    @APIResponse(
            responseCode = "403",
            description = "`access denied to system`: a line names a foreign one; nothing changed")
    public CompletionStage<Response> add(InputStream body, @Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        return executors.supply(() -> {
            var csv = new String(BoundedBody.read(body, MOST_BYTES), StandardCharsets.UTF_8);
            return Envelope.answer(
                            201,
                            "legacy pairs imported",
                            Map.of("imported", pairs.add(caller, csv)))
                    .build();
        });
    }

    /** Lists who is mapped, and who still uses what. */
    @GET
    @Permitted(Permission.SYSTEMS_READ)
    @Operation(
            operationId = "listLegacyPairs",
            summary = "The pairs below one's organization, and who still uses what")
    @APIResponse(
            responseCode = "200",
            description = "`data.pairs` and `data.pagination`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples = @ExampleObject(name = "pairs", value = LISTED)))
    public Response list(
            @QueryParam("page") @Nullable String page,
            @QueryParam("page_size") @Nullable String pageSize,
            @Context HttpServletRequest request) {
        var caller = CurrentCaller.person(request);
        var paging = Paging.of(page, pageSize);
        return Envelope.ok(
                "legacy pairs listed",
                Map.of(
                        "pairs",
                        pairs.page(caller, paging.offset(), paging.pageSize()),
                        "pagination",
                        paging.of(pairs.count(caller))));
    }

    /** Ends one. */
    @DELETE
    @Path("{id}")
    @Permitted(Permission.SYSTEMS_MANAGE)
    @Operation(operationId = "removeLegacyPair", summary = "End a pair on every node")
    @APIResponse(
            responseCode = "200",
            description = "`legacy pair removed`",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "removed",
                                            value =
                                                    """
                                                    {"code": 200, "message": "legacy pair removed", "data": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e005"}}\
                                                    """)))
    @APIResponse(responseCode = "403", description = "`access denied to system`")
    @APIResponse(responseCode = "404", description = "`legacy pair not found`")
    public Response remove(@PathParam("id") String id, @Context HttpServletRequest request) {
        var pairId = id(id);
        pairs.remove(CurrentCaller.person(request), pairId);
        return Envelope.ok("legacy pair removed", Map.of("id", pairId));
    }

    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException unreadable) {
            throw ProblemType.LEGACY_PAIR_NOT_FOUND.withoutDetail();
        }
    }
}
