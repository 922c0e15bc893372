package coffer.intake;

import coffer.access.ApplianceOnly;
import coffer.platform.web.HttpSettings;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Where a system's new backup comes in (api.md section 2). */
@Dependent
@Path("systems/backups")
@ApplianceOnly
@Tag(name = "Backups of a system")
public class IntakeResource {

    private final Uploads uploads;
    private final HttpSettings http;

    @Inject
    public IntakeResource(Uploads uploads, HttpSettings http) {
        this.uploads = uploads;
        this.http = http;
    }

    /**
     * Takes a backup in. {@link IntakeFilter} does so ahead of this method; what comes past it was
     * not admitted and is told so.
     */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Upload a backup: the raw body with its Content-Length")
    @APIResponse(responseCode = "201", description = "backup stored")
    @APIResponse(
            responseCode = "200",
            description = "backup already stored: the newest one has the same bytes")
    public CompletionStage<Response> upload(@Context HttpServletRequest request, InputStream body) {
        return uploads.receive(request, body).thenApply(outcome -> UploadAnswer.of(outcome, http));
    }
}
