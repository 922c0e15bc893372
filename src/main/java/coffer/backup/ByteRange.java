package coffer.backup;

import org.jspecify.annotations.Nullable;

import java.util.regex.Pattern;

/**
 * One byte range of a download (RFC 9110 section 14), both ends included.
 *
 * @param last at least {@code first}
 */
record ByteRange(long first, long last) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a Range header asks of a body of this size. */
    sealed interface Wish {

        /**
         * The whole: no header, not bytes, several ranges, or nonsense, all of which may be
         * ignored.
         */
        record Whole() implements Wish {}

        /** A part of it. */
        record Part(ByteRange range) implements Wish {}

        /** Nothing that it has: 416. */
        record Unsatisfiable() implements Wish {}
    }

    long length() {
        return last - first + 1;
    }

    static Wish of(@Nullable String header, long size) {
        var matcher = header == null ? null : ONE.matcher(header.strip());
        if (matcher == null
                || !matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Wish.Whole();
        }
        if (matcher.group(1).isEmpty()) {
            var tail = Long.parseLong(matcher.group(2));
            return tail == 0
                    ? new Wish.Unsatisfiable()
                    : new Wish.Part(new ByteRange(Math.max(0, size - tail), size - 1));
        }
        var first = Long.parseLong(matcher.group(1));
        var last =
                matcher.group(2).isEmpty()
                        ? size - 1
                        : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (first >= size) {
            return new Wish.Unsatisfiable();
        }
        return last < first ? new Wish.Whole() : new Wish.Part(new ByteRange(first, last));
    }
}
