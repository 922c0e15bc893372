package coffer.platform;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number of bytes, written {@code 262144}, {@code 256KiB}, {@code 500 MB} or {@code 2GiB}. Units
 * are powers of 1,024 whether spelled {@code KB} or {@code KiB}.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})\\s*([kmgt]?)(?:i?b)?");

    /** Refuses a negative number. */
    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size must not be negative");
        }
    }

    /** Reads the text of a setting. */
    public static ByteSize parse(String text) {
        var matcher = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a size such as 262144, 256KiB or 2GiB: " + text);
        }
        var power = " kmgt".indexOf(matcher.group(2).isEmpty() ? " " : matcher.group(2));
        return new ByteSize(
                Math.multiplyExact(Long.parseLong(matcher.group(1)), 1L << (10 * power)));
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        var units = new String[] {"B", "KiB", "MiB", "GiB", "TiB"};
        var unit = 0;
        var rest = bytes;
        while (unit < 4 && rest != 0 && rest % 1024 == 0) {
            rest /= 1024;
            unit++;
        }
        return rest + units[unit];
    }
}
