package coffer.erasure;

import static coffer.id.Permission.ORGANIZATIONS_DESTROY;

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

/** {@code DELETE /api/organizations/{id}/destroy}. */
@Dependent
@Path("organizations/{id}/destroy")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Erasure")
public class OrganizationPurgeResource {

    private final Purges purges;

    @Inject
    public OrganizationPurgeResource(Purges purges) {
        this.purges = purges;
    }

    /** Has it erased, for good. */
    @DELETE
    @Permitted(ORGANIZATIONS_DESTROY)
    @Operation(
            operationId = "destroyOrganization",
            summary = "Erase a deleted organization with all below it for good")
    @APIResponse(responseCode = "202", description = "`purge accepted`")
    @APIResponse(responseCode = "403", description = "`access denied to organization`")
    @APIResponse(responseCode = "404", description = "`organization not found`")
    @APIResponse(
            responseCode = "409",
            description = "`organization is not deleted`, or `a legal hold stands in the way`")
    public Response destroy(@Context HttpServletRequest request, @PathParam("id") String id) {
        var caller = CurrentCaller.person(request);
        var purge =
                purges.destroyOrganization(
                        caller, WireId.of(id, ProblemType.ORGANIZATION_NOT_FOUND));
        var job = purges.begin(caller, purge.id());
        return Envelope.answer(202, "purge accepted", Map.of("purge_id", purge.id(), "job_id", job))
                .build();
    }
}
