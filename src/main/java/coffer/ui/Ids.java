package coffer.ui;

import coffer.platform.ProblemType;

import org.jspecify.annotations.Nullable;

import java.util.UUID;
import java.util.regex.Pattern;

/** Ids in addresses. */
public final class Ids {

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private Ids() {}

    /** A system's id. */
    public static UUID of(@Nullable String text) {
        return of(text, ProblemType.SYSTEM_NOT_FOUND);
    }

    /** The id; a text that is none names nothing that exists. */
    public static UUID of(@Nullable String text, ProblemType otherwise) {
        if (text == null || !UUID_TEXT.matcher(text).matches()) {
            throw otherwise.withoutDetail();
        }
        return UUID.fromString(text);
    }
}
