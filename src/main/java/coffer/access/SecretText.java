package coffer.access;

import coffer.platform.Secret;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A machine secret as it travels: {@code cof_<20 hex>.<40 hex>}, or {@code my_…} if it was
 * imported.
 *
 * @param publicPart the text before the dot: finds the row
 * @param hidden the 40 digits after it: proves the caller
 */
record SecretText(String publicPart, Secret hidden) {

    private static final Pattern FORMAT =
            Pattern.compile("((?:cof|my)_[0-9a-f]{20})\\.([0-9a-f]{40})");

    static Optional<SecretText> parse(String text) {
        var matcher = FORMAT.matcher(text);
        return matcher.matches()
                ? Optional.of(new SecretText(matcher.group(1), new Secret(matcher.group(2))))
                : Optional.empty();
    }

    Secret whole() {
        return new Secret(publicPart + "." + hidden.reveal());
    }
}
