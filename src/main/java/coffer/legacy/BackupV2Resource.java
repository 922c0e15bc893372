package coffer.legacy;

import coffer.access.ApplianceOnly;
import coffer.backup.BackupDownload;
import coffer.backup.BackupRemover;
import coffer.backup.BackupRow;
import coffer.backup.Backups;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;
import coffer.platform.web.TrustedProxies;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * {@code /{enterprise|community}/api/v2/backup}: the same name comes every night, so a name is no
 * address. META-INF/openapi.yaml describes the paths that clients send.
 */
@Dependent
@Path("legacy/v2/backup")
@ApplianceOnly
public class BackupV2Resource {

    /** The list. */
    public record Listing(List<Entry> backups) {}

    /** A backup as these clients know it; {@code created} is in seconds since 1970. */
    public record Entry(String id, String name, long created, long size, String mimetype) {

        static Entry of(BackupRow row) {
            return new Entry(
                    row.id(),
                    row.filename(),
                    row.uploadedAt().getEpochSecond(),
                    row.sizeBytes(),
                    LegacyMediaType.of(row));
        }
    }

    private final LegacyUploads uploads;
    private final Backups backups;
    private final BackupDownload download;
    private final BackupRemover remover;
    private final Executors executors;
    private final TrustedProxies proxies;

    @Inject
    public BackupV2Resource(
            LegacyUploads uploads,
            Backups backups,
            BackupDownload download,
            BackupRemover remover,
            Executors executors,
            TrustedProxies proxies) {
        this.uploads = uploads;
        this.backups = backups;
        this.download = download;
        this.remover = remover;
        this.executors = executors;
        this.proxies = proxies;
    }

    /** An upload by name; the filter ahead has admitted it. */
    @PUT
    @Path("{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public CompletionStage<Response> put(@Context HttpServletRequest request, InputStream body) {
        return uploads.receive(
                LegacyProtocol.V2,
                request,
                body,
                (row, before) ->
                        Response.ok(Map.of("id", row.id()), MediaType.APPLICATION_JSON_TYPE)
                                .header("Connection", "close")
                                .build());
    }

    /** An upload without a name. */
    @PUT
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public CompletionStage<Response> putUnnamed(
            @Context HttpServletRequest request, InputStream body) {
        return put(request, body);
    }

    /** All backups, newest first. */
    @GET
    @Operation(hidden = true)
    public Response list(@Context HttpServletRequest request) {
        var entries =
                backups.list(CurrentCaller.appliance(request)).stream().map(Entry::of).toList();
        return Response.ok(new Listing(entries), MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** The bytes. */
    @GET
    @Path("{id}")
    @Operation(hidden = true)
    public CompletionStage<Response> get(
            @Context HttpServletRequest request,
            @PathParam("id") String id,
            @HeaderParam("Range") @Nullable String range,
            @HeaderParam("If-Range") @Nullable String ifRange,
            @HeaderParam("If-None-Match") @Nullable String ifNoneMatch) {
        var found = backups.find(CurrentCaller.appliance(request), id);
        return executors.supply(() -> download.answer(found, range, ifRange, ifNoneMatch));
    }

    /** To the trash. */
    @DELETE
    @Path("{id}")
    @Operation(hidden = true)
    public Response delete(@Context HttpServletRequest request, @PathParam("id") String id) {
        remover.remove(CurrentCaller.appliance(request), id, proxies.clientAddress(request));
        return Response.ok(Map.of("result", "success"), MediaType.APPLICATION_JSON_TYPE).build();
    }
}
