package coffer.storage;

import java.time.Instant;
import java.util.regex.Pattern;

/**
 * What is written beside the bytes, once: {@code filename}, {@code uploaded-at}, the content type
 * and (from the {@link Payload}) {@code sha256}. It is for a person who has only the bucket left;
 * Coffer itself reads the catalogue.
 *
 * @param filename as the wire contract cleans it: {@code [A-Za-z0-9._-]}, at most 255
 * @param contentType a plain {@code type/subtype}
 * @param uploadedAt the server's time
 */
public record ObjectMetadata(String filename, String contentType, Instant uploadedAt) {

    private static final Pattern FILENAME = Pattern.compile("[A-Za-z0-9._-]{1,255}");
    private static final Pattern TYPE =
            Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,127}/[!#$%&'*+.^_`|~0-9A-Za-z-]{1,127}");

    /** Refuses what could not stand in a header. */
    public ObjectMetadata {
        if (!FILENAME.matcher(filename).matches()) {
            throw new IllegalArgumentException("not a clean file name: " + filename);
        }
        if (!TYPE.matcher(contentType).matches()) {
            throw new IllegalArgumentException("not a plain content type: " + contentType);
        }
    }
}
