package coffer.backup;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A backup's id on the wire: a UUIDv7 and one of six extensions, matched case-insensitively before
 * anything else looks at it (api.md section 2).
 *
 * @param extension with its dot, lower case
 */
record BackupId(UUID uuid, String extension) {

    private static final List<String> EXTENSIONS =
            List.of(".tar.gz", ".tar.xz", ".tar.bz2", ".tar.zst", ".gpg", ".bin");
    private static final Pattern GRAMMAR =
            Pattern.compile(
                    "([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})"
                            + "(\\.tar\\.gz|\\.tar\\.xz|\\.tar\\.bz2|\\.tar\\.zst|\\.gpg|\\.bin)");

    /** Reads what a client sent; empty unless it is exactly an id. */
    static Optional<BackupId> parse(String text) {
        if (text.length() > 64) {
            return Optional.empty();
        }
        var matcher = GRAMMAR.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.matches()
                ? Optional.of(new BackupId(UUID.fromString(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    /** The extension that a file of this name gets: the last known suffix, else {@code .bin}. */
    static String extensionOf(String filename) {
        var name = filename.toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().filter(name::endsWith).findFirst().orElse(".bin");
    }

    @Override
    public String toString() {
        return uuid + extension;
    }
}
