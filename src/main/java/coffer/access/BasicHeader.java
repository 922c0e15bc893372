package coffer.access;

import coffer.platform.ProblemType;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads an {@code Authorization} header (RFC 7617), in the order of the wire contract's refusals.
 */
sealed interface BasicHeader {

    /** A key and a secret, whatever they are worth. */
    record Pair(String systemKey, String secret) implements BasicHeader {
        @Override
        public String toString() {
            return "Pair[****]";
        }
    }

    /** Not even that. */
    record Malformed(ProblemType why) implements BasicHeader {}

    /** Takes a header apart; null when there was none. */
    static BasicHeader parse(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return new Malformed(ProblemType.AUTHENTICATION_REQUIRED);
        }
        var space = header.indexOf(' ');
        if (space < 0 || !header.substring(0, space).equalsIgnoreCase("Basic")) {
            return new Malformed(ProblemType.INVALID_AUTHENTICATION_FORMAT);
        }
        try {
            return pair(Base64.getDecoder().decode(header.substring(space + 1).strip()));
        } catch (IllegalArgumentException notBase64) {
            return new Malformed(ProblemType.INVALID_AUTHENTICATION_ENCODING);
        }
    }

    private static BasicHeader pair(byte[] decoded) {
        var text = new String(decoded, StandardCharsets.UTF_8);
        var colon = text.indexOf(':');
        return colon < 0
                ? new Malformed(ProblemType.INVALID_CREDENTIALS_FORMAT)
                : new Pair(text.substring(0, colon), text.substring(colon + 1));
    }
}
