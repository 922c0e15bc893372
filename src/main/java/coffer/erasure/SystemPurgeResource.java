package coffer.erasure;

import static coffer.id.Permission.SYSTEMS_DESTROY;

import coffer.id.CurrentCaller;
import coffer.id.Permitted;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
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

/** {@code DELETE /api/systems/{id}/destroy}. */
@Dependent
@Path("systems/{id}/destroy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erasure")
public class SystemPurgeResource {

    private final Purges purges;

    @Inject
    public SystemPurgeResource(Purges purges) {
        this.purges = purges;
    }

    /** Has it erased, for good. */
    @DELETE
    @Permitted(SYSTEMS_DESTROY)
    @Operation(operationId = "destroySystem", summary = "Erase a deleted system for good")
    @APIResponse(responseCode = "202", description = "`purge accepted`")
    @APIResponse(responseCode = "403", description = "`access denied to system`")
    @APIResponse(responseCode = "404", description = "`system not found`")
    @APIResponse(
            responseCode = "409",
            description = "`system is not deleted`, or `a legal hold stands in the way`")
    public Response destroy(@Context HttpServletRequest request, @PathParam("id") String id) {
        var caller = CurrentCaller.person(request);
        var purge = purges.destroySystem(caller, WireId.of(id, ProblemType.SYSTEM_NOT_FOUND));
        var job = purges.begin(caller, purge.id());
        return Envelope.answer(202, "purge accepted", Map.of("purge_id", purge.id(), "job_id", job))
                .build();
    }
}
