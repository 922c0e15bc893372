package coffer.ui.systems;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Lines of a file for spreadsheets (RFC 4180). A text that a spreadsheet would take for a formula
 * begins with an apostrophe: names come from anybody.
 */
final class Csv {

    private Csv() {}

    static String line(@Nullable Object... fields) {
        return Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(",", "", "\r\n"));
    }

    private static boolean mayBeFormula(String text) {
        var at = 0;
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at))
                        || Character.isSpaceChar(text.charAt(at)))) {
            at++;
        }
        return (at < text.length() && "=+-@".indexOf(text.charAt(at)) >= 0)
                || (!text.isEmpty() && text.charAt(0) < ' ');
    }

    private static String field(@Nullable Object value) {
        if (value == null || value instanceof Number) {
            return value == null ? "" : value.toString();
        }
        var text = value.toString();
        if (mayBeFormula(text)) {
            text = "'" + text;
        }
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
