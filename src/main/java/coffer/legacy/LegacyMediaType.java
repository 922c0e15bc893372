package coffer.legacy;

import coffer.backup.BackupRow;

import java.util.Locale;
import java.util.Set;

/** The three media types that old clients know. */
final class LegacyMediaType {

    private static final String PGP = "application/pgp-encrypted";
    private static final String GZIP = "application/gzip";
    private static final String ANY = "application/octet-stream";
    private static final Set<String> KNOWN = Set.of(PGP, GZIP);

    private LegacyMediaType() {}

    /** As declared if they know it, else by the name. */
    static String of(BackupRow row) {
        return KNOWN.contains(row.mediaType()) ? row.mediaType() : ofName(row.filename());
    }

    static String ofName(String filename) {
        var name = filename.toLowerCase(Locale.ROOT);
        if (name.endsWith(".gpg")) {
            return PGP;
        }
        return name.endsWith(".gz") ? GZIP : ANY;
    }
}
