package coffer.legacy;

import coffer.access.ApplianceOnly;
import coffer.backup.BackupDownload;
import coffer.backup.Backups;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** {@code POST /backup}: one path, three actions, answers in plain text. */
@Dependent
@Path("legacy/nethbackup")
@ApplianceOnly
public class NethBackupResource {

    private final LegacyUploads uploads;
    private final Backups backups;
    private final BackupDownload download;
    private final Executors executors;

    @Inject
    public NethBackupResource(
            LegacyUploads uploads, Backups backups, BackupDownload download, Executors executors) {
        this.uploads = uploads;
        this.backups = backups;
        this.download = download;
        this.executors = executors;
    }

    /** Does what the header says. */
    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(hidden = true)
    public CompletionStage<Response> act(@Context HttpServletRequest request, InputStream body) {
        var wish = NethBackup.of(request);
        return switch (String.valueOf(wish.action())) {
            case "backup-send" ->
                    uploads.receive(
                            LegacyProtocol.NETHBACKUP,
                            request,
                            body,
                            (row, before) -> text(row.id()).header("Connection", "close").build());
            case "backup-list" -> CompletableFuture.completedFuture(text(list(request)).build());
            case "backup-get" -> get(request, String.valueOf(wish.backupId()));
            default -> throw unknown(String.valueOf(wish.action()));
        };
    }

    /** {@code id;name|id;name}: neither has such a character in it. */
    private String list(HttpServletRequest request) {
        return backups.list(CurrentCaller.appliance(request)).stream()
                .map(row -> row.id() + ";" + row.filename())
                .collect(Collectors.joining("|"));
    }

    private CompletionStage<Response> get(HttpServletRequest request, String id) {
        var found = backups.find(CurrentCaller.appliance(request), id);
        return executors.supply(() -> download.answer(found, null, null, null));
    }

    private static Response.ResponseBuilder text(String text) {
        return Response.ok(text, MediaType.TEXT_PLAIN_TYPE.withCharset("utf-8"));
    }

    private static Problem unknown(String action) {
        return ProblemType.VALIDATION.with(
                Map.of(
                        "errors",
                        List.of(
                                Map.of(
                                        "key",
                                        "NethBackup-Action",
                                        "message",
                                        "must be backup-send, backup-list or backup-get",
                                        "value",
                                        action.substring(0, Math.min(action.length(), 200))))));
    }
}
