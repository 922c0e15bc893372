package coffer.job;

import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One field of a {@link CronExpression}: numbers, names, lists, ranges, steps, or all. */
final class CronField {

    static final String MONTHS = "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC";
    static final String WEEKDAYS = "MON TUE WED THU FRI SAT SUN";

    private static final Pattern PART =
            Pattern.compile(
                    "(?:\\*|([0-9]{1,2}|[A-Z]{3})(?:-([0-9]{1,2}|[A-Z]{3}))?)(?:/(\\d{1,2}))?");

    private final BitSet allowed;
    private final boolean all;

    private CronField(BitSet allowed, boolean all) {
        this.allowed = allowed;
        this.all = all;
    }

    /** Names stand for 1, 2, 3 and so on. */
    static CronField parse(String text, int least, int most, String names) {
        var allowed = new BitSet();
        for (var part : text.toUpperCase(Locale.ROOT).split(",", -1)) {
            var matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw new IllegalArgumentException("not a field of cron: " + text);
            }
            var step = matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3));
            var from = least;
            var to = most;
            if (matcher.group(1) != null) {
                from = number(matcher.group(1), names);
                to = from;
                if (matcher.group(2) != null) {
                    to = number(matcher.group(2), names);
                } else if (matcher.group(3) != null) {
                    to = most;
                }
            }
            if (from < least || to > most || from > to || step < 1) {
                throw new IllegalArgumentException("out of range: " + text);
            }
            for (var value = from; value <= to; value += step) {
                allowed.set(value);
            }
        }
        return new CronField(allowed, allowed.cardinality() >= most - least + 1);
    }

    boolean has(int value) {
        return allowed.get(value);
    }

    boolean all() {
        return all;
    }

    int first() {
        return allowed.nextSetBit(0);
    }

    /** The smallest allowed value from {@code value} on, or -1. */
    int atLeast(int value) {
        return allowed.nextSetBit(value);
    }

    private static int number(String text, String names) {
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        var place = List.of(names.split(" ", -1)).indexOf(text);
        if (place < 0) {
            throw new IllegalArgumentException("not a name: " + text);
        }
        return place + 1;
    }
}
