package coffer.appliance;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code GET /api/systems/info}: what a system may know of itself. */
@Dependent
@Path("systems/info")
@Tag(name = "Systems")
public class InfoResource {

    private final HeartbeatDesk desk;

    @Inject
    public InfoResource(HeartbeatDesk desk) {
        this.desk = desk;
    }

    /** The system and its organization. */
    @GET
    @ApplianceOnly
    @Operation(operationId = "systemInfo", summary = "What is known of the calling system")
    @APIResponse(
            responseCode = "200",
            description = "The system",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "system",
                                            value =
                                                    """
                                                    {"code": 200, "message": "system info retrieved", "data":
                                                     {"system_id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e001",
                                                      "system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809",
                                                      "name": "fw-f809", "type": "firewall", "fqdn": "fw-f809.example.org",
                                                      "status": "active", "suspended": false, "suspended_at": null,
                                                      "deleted": false, "deleted_at": null,
                                                      "registered": true, "registered_at": "2026-11-21T05:06:07.123456Z",
                                                      "created_at": "2026-11-20T08:00:00.000000Z",
                                                      "organization": {"id": "019aa4d2-3b1c-7d11-9c2e-0f6a54c1e000",
                                                       "name": "Customer", "type": "customer",
                                                       "suspended": false, "suspended_at": null}}}\
                                                    """)))
    @APIResponse(responseCode = "401", description = "`invalid system credentials`")
    @APIResponse(responseCode = "503", description = "`service unavailable`, with Retry-After")
    public Response info(@Context HttpServletRequest request) {
        var info = desk.info(CurrentCaller.appliance(request));
        return Envelope.ok(
                "system info retrieved",
                info.orElseThrow(ProblemType.INVALID_SYSTEM_CREDENTIALS::withoutDetail));
    }
}
