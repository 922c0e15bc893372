package coffer.appliance;

import coffer.access.ApplianceOnly;
import coffer.id.Caller;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;
import coffer.platform.ProblemType;
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
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** {@code POST /api/systems/inventory}: any JSON object of at most 10 MiB. */
@Dependent
@Path("systems/inventory")
@Tag(name = "Systems")
public class InventoryResource {

    static final int MOST_BYTES = 10 * 1024 * 1024;

    /** Large ones stay in memory until they are kept, so few at a time. */
    private static final int LARGE_BYTES = 256 * 1024;

    private static final Semaphore LARGE = new Semaphore(2);
    private static final int WAIT_SECONDS = 20;

    private final InventoryDesk desk;
    private final Executors executors;

    @Inject
    public InventoryResource(InventoryDesk desk, Executors executors) {
        this.desk = desk;
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
        if (length > MOST_BYTES) {
            throw ProblemType.BODY_TOO_LARGE.withoutDetail();
        }
        var isLarge = length < 0 || length > LARGE_BYTES;
        return executors.supply(() -> isLarge ? keepLarge(caller, body) : keep(caller, body));
    }

    private Response keepLarge(Caller.Appliance caller, InputStream body)
            throws IOException, InterruptedException {
        if (!LARGE.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw ProblemType.UNAVAILABLE.retryAfter(WAIT_SECONDS);
        }
        try {
            return keep(caller, body);
        } finally {
            LARGE.release();
        }
    }

    private Response keep(Caller.Appliance caller, InputStream body) throws IOException {
        desk.receive(caller, BoundedBody.read(body, MOST_BYTES));
        return Envelope.answer(202, 200, "Inventory received and queued for processing", null)
                .build();
    }
}
