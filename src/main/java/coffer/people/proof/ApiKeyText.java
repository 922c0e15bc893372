package coffer.people.proof;

import coffer.platform.Ids;
import coffer.platform.Secret;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An API key as it travels: {@code cok_<20 hex>.<40 hex>}.
 *
 * @param publicPart the text before the dot: finds the row
 * @param hidden the 40 digits after it, 160 random bits: proves the caller
 */
public record ApiKeyText(String publicPart, Secret hidden) {

    private static final int PUBLIC_BYTES = 10;
    private static final int HIDDEN_BYTES = 20;
    private static final Pattern FORMAT = Pattern.compile("(cok_[0-9a-f]{20})\\.([0-9a-f]{40})");

    /** A new one. */
    public static ApiKeyText random(Ids ids) {
        return new ApiKeyText("cok_" + ids.hex(PUBLIC_BYTES), new Secret(ids.hex(HIDDEN_BYTES)));
    }

    /** Takes a text apart; empty when it cannot be an API key. */
    public static Optional<ApiKeyText> parse(String text) {
        var matcher = FORMAT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiKeyText(matcher.group(1), new Secret(matcher.group(2))))
                : Optional.empty();
    }

    /** What the caller sends. */
    public Secret whole() {
        return new Secret(publicPart + "." + hidden.reveal());
    }
}
