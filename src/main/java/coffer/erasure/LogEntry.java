package coffer.erasure;

import coffer.platform.web.Json;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a replay needs of an entry of the erasure log ({@code docs/format/erasure-receipt.md}).
 *
 * @param path of the subject's organization, {@code /<root>/…/<id>/}
 */
record LogEntry(String kind, UUID subject, String path, String requestedBy, Instant requestedAt) {

    private static final Pattern PATH = Pattern.compile("(/[0-9a-f-]{36})+/");

    /**
     * Reads one that is named by {@code id}.
     *
     * @throws IllegalStateException if the text is anything else
     */
    static LogEntry read(UUID id, String text) {
        try {
            Map<?, ?> entry = Json.read(text, Map.class);
            if (Receipts.LOG_FORMAT.equals(entry.get("format"))
                    && id.toString().equals(entry.get("purge_id"))
                    && entry.get("subject") instanceof Map<?, ?> subject
                    && entry.get("path") instanceof List<?> path
                    && PATH.matcher(joined(path)).matches()) {
                return new LogEntry(
                        kind(subject),
                        UUID.fromString(String.valueOf(subject.get("id"))),
                        joined(path),
                        String.valueOf(entry.get("requested_by")),
                        Instant.parse(String.valueOf(entry.get("requested_at"))));
            }
        } catch (RuntimeException malformed) {
            throw new IllegalStateException("not an entry of the erasure log: " + id, malformed);
        }
        throw new IllegalStateException("not an entry of the erasure log: " + id);
    }

    private static String kind(Map<?, ?> subject) {
        var kind = String.valueOf(subject.get("kind"));
        if (!kind.equals(PurgeRow.SYSTEM) && !kind.equals(PurgeRow.ORGANIZATION)) {
            throw new IllegalArgumentException("no kind of subject");
        }
        return kind;
    }

    private static String joined(List<?> path) {
        return path.stream().map(String::valueOf).collect(Collectors.joining("/", "/", "/"));
    }
}
