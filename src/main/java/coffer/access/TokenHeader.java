package coffer.access;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Reads {@code Authorization: token <secret>}, as the clients of the old platform send it. */
final class TokenHeader {

    private TokenHeader() {}

    /** The secret; empty for any other header, and for none. */
    static Optional<String> parse(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        var words = header.strip().split(" +", 2);
        return words.length == 2 && words[0].equalsIgnoreCase("token")
                ? Optional.of(words[1])
                : Optional.empty();
    }
}
