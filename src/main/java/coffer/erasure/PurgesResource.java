package coffer.erasure;

import coffer.id.CurrentCaller;
import coffer.id.Open;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.Json;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.util.Map;

/** {@code /api/purges}: how an erasure stands, and what proves it. */
@Dependent
@Path("purges")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erasure")
public class PurgesResource {

    private final Purges purges;
    private final Receipts receipts;

    @Inject
    public PurgesResource(Purges purges, Receipts receipts) {
        this.purges = purges;
        this.receipts = receipts;
    }

    /** How it stands. */
    @GET
    @Path("{id}")
    @Permitted({})
    @Operation(operationId = "getPurge", summary = "See how an erasure stands")
    @APIResponse(responseCode = "200", description = "`purge found`")
    @APIResponse(responseCode = "403", description = "`access denied to purge`")
    @APIResponse(responseCode = "404", description = "`purge not found`")
    public Response get(@Context HttpServletRequest request, @PathParam("id") String id) {
        var purge =
                purges.find(
                        CurrentCaller.person(request), WireId.of(id, ProblemType.PURGE_NOT_FOUND));
        return Envelope.ok("purge found", PurgeView.of(purge));
    }

    /** What proves it. */
    @GET
    @Path("{id}/receipt")
    @Permitted({})
    @Operation(operationId = "getReceipt", summary = "The signed receipt of an erasure")
    @APIResponse(responseCode = "200", description = "`receipt found`")
    @APIResponse(responseCode = "404", description = "`purge not found`")
    @APIResponse(responseCode = "409", description = "`purge is not done`")
    public Response receipt(@Context HttpServletRequest request, @PathParam("id") String id) {
        var purge =
                purges.find(
                        CurrentCaller.person(request), WireId.of(id, ProblemType.PURGE_NOT_FOUND));
        var receipt = purge.receipt();
        if (receipt == null) {
            throw ProblemType.PURGE_NOT_DONE.withoutDetail();
        }
        return Envelope.ok("receipt found", Json.read(receipt, Map.class));
    }

    /** What verifies it. */
    @GET
    @Path("keys")
    @Open("public keys: whoever holds a receipt verifies it")
    @Operation(operationId = "listReceiptKeys", summary = "The public keys of receipts")
    @APIResponse(responseCode = "200", description = "`receipt keys listed`")
    public Response keys() {
        return Envelope.ok("receipt keys listed", Map.of("keys", receipts.keys()));
    }
}
