package coffer.legacy;

import coffer.access.ApplianceOnly;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** {@code /isa}: reports of clients that prove themselves by a token. */
@Dependent
@Path("legacy/isa")
@ApplianceOnly
public class IsaResource {

    private final OldReports reports;

    @Inject
    public IsaResource(OldReports reports) {
        this.reports = reports;
    }

    /** A sign of life. */
    @POST
    @Path("heartbeats/store")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public CompletionStage<Response> heartbeat(
            @Context HttpServletRequest request, InputStream body) {
        return reports.heartbeat(request, body);
    }

    /** An inventory. */
    @POST
    @Path("inventory/store")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public CompletionStage<Response> inventory(
            @Context HttpServletRequest request, InputStream body) {
        return reports.inventory(request, body);
    }
}
