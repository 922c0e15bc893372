package coffer.backup;

import coffer.platform.Log;
import coffer.platform.ProblemType;
import coffer.platform.web.Envelope;
import coffer.storage.Address;
import coffer.storage.Destinations;
import coffer.storage.ObjectContent;
import coffer.storage.ObjectReader.Range;
import coffer.storage.ReadOutcome;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Optional;

/** Answers a download from the first copy that can be read. */
@Dependent
public class BackupDownload {

    private final Destinations destinations;

    @Inject
    BackupDownload(Destinations destinations) {
        this.destinations = destinations;
    }

    /** The bytes, whole or the wished range; RFC 9110 names the headers. */
    public Response answer(
            Backups.Found found,
            @Nullable String range,
            @Nullable String ifRange,
            @Nullable String ifNoneMatch) {
        var backup = found.backup();
        var tag = '"' + backup.sha256() + '"';
        if (ifNoneMatch != null && (ifNoneMatch.strip().equals("*") || ifNoneMatch.contains(tag))) {
            return headers(Response.notModified(), backup, tag).build();
        }
        var honoured = ifRange == null || ifRange.strip().equals(tag) ? range : null;
        return switch (ByteRange.of(honoured, backup.sizeBytes())) {
            case ByteRange.Wish.Unsatisfiable() ->
                    Response.fromResponse(unsatisfiable(backup)).build();
            case ByteRange.Wish.Whole() ->
                    bytes(found, 200, new ByteRange(0, backup.sizeBytes() - 1), tag);
            case ByteRange.Wish.Part(var part) -> bytes(found, 206, part, tag);
        };
    }

    private static Response unsatisfiable(BackupRow backup) {
        return Envelope.answer(
                        416,
                        ProblemType.RANGE_NOT_SATISFIABLE.message(),
                        Map.of("type", ProblemType.RANGE_NOT_SATISFIABLE.slug()))
                .type("application/json")
                .header("Content-Range", "bytes */" + backup.sizeBytes())
                .build();
    }

    private Response bytes(Backups.Found found, int status, ByteRange range, String tag) {
        var whole = range.length() == found.backup().sizeBytes();
        var content =
                open(
                                found,
                                whole
                                        ? Optional.empty()
                                        : Optional.of(new Range(range.first(), range.last())))
                        .orElseThrow(ProblemType.FETCH_FAILED::withoutDetail);
        StreamingOutput body =
                out -> {
                    try (content) {
                        content.stream().transferTo(out);
                    }
                };
        var answer =
                headers(
                                Response.status(status)
                                        .entity(body)
                                        .type("application/octet-stream"),
                                found.backup(),
                                tag)
                        .header("Content-Length", range.length());
        return status == 206
                ? answer.header(
                                "Content-Range",
                                "bytes "
                                        + range.first()
                                        + "-"
                                        + range.last()
                                        + "/"
                                        + found.backup().sizeBytes())
                        .build()
                : answer.build();
    }

    private Optional<ObjectContent> open(Backups.Found found, Optional<Range> part) {
        for (var copy : found.copies()) {
            switch (destinations
                    .reader(copy.destination())
                    .get(Address.parse(copy.address()), copy.versionId(), part)) {
                case ReadOutcome.Found<ObjectContent>(var content) -> {
                    return Optional.of(content);
                }
                case ReadOutcome.Absent<ObjectContent>() -> unreadable(found, copy, "absent");
                case ReadOutcome.Unavailable<ObjectContent>(var later, var cause) ->
                        unreadable(found, copy, cause);
                case ReadOutcome.Refused<ObjectContent>(var cause) ->
                        unreadable(found, copy, cause);
            }
        }
        return Optional.empty();
    }

    private static void unreadable(Backups.Found found, CopyRow copy, String why) {
        Log.warn(
                "copy.unreadable",
                "backup_id",
                found.backup().backupId(),
                "destination",
                copy.destination(),
                "reason",
                why);
    }

    private static Response.ResponseBuilder headers(
            Response.ResponseBuilder answer, BackupRow backup, String tag) {
        return answer.header("ETag", tag)
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", "attachment; filename=\"" + backup.filename() + '"')
                .header("Cache-Control", "private, no-store");
    }
}
