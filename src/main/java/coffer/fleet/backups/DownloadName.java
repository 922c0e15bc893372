package coffer.fleet.backups;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** The name under which a downloaded backup is saved (wire contract, end of section 4). */
final class DownloadName {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("'_'HH-mm-ss").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DATE_AND_TIME =
            DateTimeFormatter.ofPattern("'_'uuuu-MM-dd'_'HH-mm-ss").withZone(ZoneOffset.UTC);

    private DownloadName() {}

    /**
     * Composes it: split at the first dot, the time before the extension.
     *
     * @param filename as kept: safe already
     * @param extension of the backup's id, for a name that has none
     */
    static String of(String filename, String extension, Instant uploadedAt) {
        var dot = filename.indexOf('.');
        var base = dot < 0 ? filename : filename.substring(0, dot);
        var rest = dot < 0 || dot == filename.length() - 1 ? extension : filename.substring(dot);
        var time = DATE.matcher(base).find() ? TIME : DATE_AND_TIME;
        return (base.isEmpty() ? "backup" : base) + time.format(uploadedAt) + rest;
    }
}
