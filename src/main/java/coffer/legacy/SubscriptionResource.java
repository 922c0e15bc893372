package coffer.legacy;

import coffer.id.Open;
import coffer.platform.Executors;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** {@code POST /api/systems/info}: of the old platform; the {@code GET} is of section 2. */
@Dependent
@Path("systems/info")
public class SubscriptionResource {

    private final SubscriptionDesk desk;
    private final Executors executors;

    @Inject
    public SubscriptionResource(SubscriptionDesk desk, Executors executors) {
        this.desk = desk;
        this.executors = executors;
    }

    /** The subscription of the system whose secret the body holds. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Open("the body proves the secret")
    @Operation(hidden = true)
    public CompletionStage<Response> info(InputStream body) {
        return executors.supply(
                () -> Response.ok(desk.bySecret(body), MediaType.APPLICATION_JSON_TYPE).build());
    }
}
