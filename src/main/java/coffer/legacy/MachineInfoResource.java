package coffer.legacy;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code GET /api/machine/info}: the subscription of the system that shows its token. */
@Dependent
@Path("machine/info")
@ApplianceOnly
public class MachineInfoResource {

    private final SubscriptionDesk desk;

    @Inject
    public MachineInfoResource(SubscriptionDesk desk) {
        this.desk = desk;
    }

    /** The subscription. */
    @GET
    @Operation(hidden = true)
    public Response info(@Context HttpServletRequest request) {
        return Response.ok(
                        desk.of(CurrentCaller.appliance(request)), MediaType.APPLICATION_JSON_TYPE)
                .build();
    }
}
