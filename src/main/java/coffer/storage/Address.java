package coffer.storage;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Where a backup's bytes lie within a bucket: {@code {installation}/systems/{system}/{backup}}. It
 * holds no organization (a move copies nothing), no system key and no file name. It is made once,
 * kept in the catalogue's row, and read from there ever after.
 *
 * @param installation the installation that owns the object; several may share a bucket
 * @param systemId the system that sent the backup
 * @param backupId the backup
 */
public record Address(String installation, UUID systemId, UUID backupId) {

    private static final Pattern INSTALLATION = Pattern.compile("[a-z0-9][a-z0-9-]{2,62}");
    private static final String UUID_TEXT =
            "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";
    private static final Pattern TEXT =
            Pattern.compile("(" + INSTALLATION + ")/systems/" + UUID_TEXT + "/" + UUID_TEXT);

    /** Refuses an installation id that could reach outside its own folder. */
    public Address {
        if (!INSTALLATION.matcher(installation).matches()) {
            throw new IllegalArgumentException("not an installation id: " + installation);
        }
    }

    /** Reads the text of a catalogue row or of a store's listing; anything else is refused. */
    public static Address parse(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException("not an address: " + text));
    }

    /** As {@link #parse}, empty for a key that is no address. */
    public static Optional<Address> find(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new Address(
                                matcher.group(1),
                                UUID.fromString(matcher.group(2)),
                                UUID.fromString(matcher.group(3))))
                : Optional.empty();
    }

    /** What all addresses of an installation begin with. */
    public static String prefix(String installation) {
        return installation + "/systems/";
    }

    /** What all addresses of this system begin with. */
    public String systemPrefix() {
        return prefix(installation) + systemId + "/";
    }

    /** The object's key in the bucket, and the text kept in the catalogue. */
    public String text() {
        return systemPrefix() + backupId;
    }

    @Override
    public String toString() {
        return text();
    }
}
