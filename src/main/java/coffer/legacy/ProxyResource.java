package coffer.legacy;

import coffer.access.ApplianceOnly;
import coffer.id.CurrentCaller;
import coffer.intake.UploadAnswer;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.platform.web.HttpSettings;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/**
 * {@code /proxy}: the calls of section 2 by another path. Heartbeats and inventories need nothing
 * of their own; uploads need a broken transfer, and the new credential is asked for here.
 */
@Dependent
@Path("legacy/proxy")
@ApplianceOnly
public class ProxyResource {

    /** The route of {@link #credentials}. */
    static final String CREDENTIALS = "/api/legacy/proxy/credentials";

    /** What a system gets. */
    public record Credentials(String systemKey, String systemSecret) {}

    private final LegacyUploads uploads;
    private final CredentialDesk desk;
    private final HttpSettings http;

    @Inject
    public ProxyResource(LegacyUploads uploads, CredentialDesk desk, HttpSettings http) {
        this.uploads = uploads;
        this.desk = desk;
        this.http = http;
    }

    /** As {@code POST /api/systems/backups}. */
    @POST
    @Path("backup")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public CompletionStage<Response> backup(@Context HttpServletRequest request, InputStream body) {
        return uploads.receive(
                LegacyProtocol.PROXY,
                request,
                body,
                (row, before) -> UploadAnswer.stored(row, before, http));
    }

    /** A new secret at each call, until one has been used. */
    @GET
    @Path("credentials")
    @Operation(hidden = true)
    public Response credentials(@Context HttpServletRequest request) {
        return switch (desk.issue(CurrentCaller.appliance(request))) {
            case CredentialDesk.Outcome.Minted(var key, var secret) ->
                    Envelope.answer(
                                    200,
                                    "credentials issued",
                                    new Credentials(key, secret.reveal()))
                            .header("Cache-Control", "no-store")
                            .build();
            case CredentialDesk.Outcome.Confirmed() ->
                    throw ProblemType.CREDENTIALS_CONFIRMED.withoutDetail();
        };
    }
}
