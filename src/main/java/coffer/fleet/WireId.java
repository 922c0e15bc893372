package coffer.fleet;

import coffer.platform.Problem;
import coffer.platform.ProblemType;

import java.util.UUID;
import java.util.regex.Pattern;

/** Reads an id in a path: what is none names nothing. */
public final class WireId {

    private static final Pattern CANONICAL =
            Pattern.compile("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private WireId() {}

    /**
     * The id.
     *
     * @throws Problem {@code notFound} for any other text
     */
    public static UUID of(String text, ProblemType notFound) {
        if (!CANONICAL.matcher(text).matches()) {
            throw notFound.withoutDetail();
        }
        return UUID.fromString(text);
    }
}
