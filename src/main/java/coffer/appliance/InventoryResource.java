package coffer.appliance;

import coffer.access.ApplianceOnly;
import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/systems/inventory}: any JSON object of at most 10 MiB. */
@Dependent
@Path("systems/inventory")
@Tag(name = "Systems")
public class InventoryResource {

    private final InventoryIntake intake;
    private final Executors executors;

    @Inject
    public InventoryResource(InventoryIntake intake, Executors executors) {
        this.intake = intake;
        this.executors = executors;
    }

    /** Keeps the inventory; the answer's {@code code} is 200 though its status is 202. */
    @POST
    @ApplianceOnly
    @Operation(operationId = "sendInventory", summary = "Send the system's inventory")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "inventory",
                                            value =
                                                    """
                                                    {"facts": {"distro": {"name": "NethSecurity", "version": "8.5"}}}\
                                                    """)))
    @APIResponse(
            responseCode = "202",
            description = "Taken",
            content =
                    @Content(
                            mediaType = "application/json",
                            examples =
                                    @ExampleObject(
                                            name = "taken",
                                            value =
                                                    """
                                                    {"code": 200, "message": "Inventory received and queued for processing", "data": null}\
                                                    """)))
    @APIResponse(responseCode = "400", description = "`invalid inventory`: not one JSON object")
    @APIResponse(responseCode = "401", description = "`invalid system credentials`")
    @APIResponse(responseCode = "413", description = "`request body too large`")
    @APIResponse(responseCode = "503", description = "`service unavailable`, with Retry-After")
    public CompletionStage<Response> receive(
            InputStream body, @Context HttpServletRequest request) {
        var caller = CurrentCaller.appliance(request);
        var length = request.getContentLengthLong();
        return executors.supply(() -> keep(caller, length, body));
    }

    private Response keep(Caller.Appliance caller, long length, InputStream body)
            throws IOException, InterruptedException {
        intake.take(caller, length, body);
        return Envelope.answer(202, 200, "Inventory received and queued for processing", null)
                .build();
    }
}
