package coffer.appliance;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;
import coffer.platform.web.Envelope;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.time.Instant;

/** {@code POST /api/systems/heartbeat}: a body, if there is one, is not even read. */
@Dependent
@Path("systems/heartbeat")
@Tag(name = "Systems")
public class HeartbeatResource {

    /** What a system gets. */
    public record Heartbeat(String systemKey, boolean acknowledged, Instant lastHeartbeat) {}

    private final HeartbeatDesk desk;

    @Inject
    public HeartbeatResource(HeartbeatDesk desk) {
        this.desk = desk;
    }

    /** Notes that the system lives. */
    @POST
    @ApplianceOnly
    @Operation(operationId = "heartbeat", summary = "Tell that the system lives")
    @APIResponse(
            responseCode = "200",
            description = "Noted",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "noted",
                                            value =
                                                    """
                                                    {"code": 200, "message": "heartbeat acknowledged", "data":
                                                     {"system_key": "NETH-1A2B-3C4D-5E6F-7081-92A3-B4C5-D6E7-F809",
                                                      "acknowledged": true, "last_heartbeat": "2026-11-21T05:06:07.123456Z"}}\
                                                    """)))
    @APIResponse(responseCode = "401", description = "`invalid system credentials`")
    @APIResponse(responseCode = "503", description = "`service unavailable`, with Retry-After")
    public Response beat(@Context HttpServletRequest request) {
        var caller = CurrentCaller.appliance(request);
        return Envelope.ok(
                "heartbeat acknowledged",
                new Heartbeat(caller.systemKey(), true, desk.beat(caller)));
    }
}
