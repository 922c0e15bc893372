package coffer.intake;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.regex.Pattern;

/** Makes names and media types that came over the wire harmless (api.md section 2). */
final class FileNames {

    private static final int LONGEST = 255;
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern PLAIN_TYPE =
            Pattern.compile(
                    "[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]{0,62}");

    private FileNames() {}

    /** The text after the last slash or backslash, unsafe characters as {@code _}; never empty. */
    static String safe(@Nullable String declared, UUID backupId) {
        var name = declared == null ? "" : declared;
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        name = UNSAFE.matcher(name).replaceAll("_");
        if (name.length() > LONGEST) {
            // What counts in a long name is its end: the extension decides how it can be opened.
            name = name.substring(name.length() - LONGEST);
        }
        return name.isEmpty() ? "backup-" + backupId : name;
    }

    /** The declared media type if it is a plain {@code type/subtype}, else octet-stream. */
    static String mediaType(@Nullable String declared) {
        return declared != null && PLAIN_TYPE.matcher(declared).matches()
                ? declared
                : "application/octet-stream";
    }
}
