package coffer.appliance;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Looks at an inventory: is it one JSON object, and can PostgreSQL keep it? */
final class InventoryText {

    private static final byte[] REPLACEMENT = "fffd".getBytes(StandardCharsets.US_ASCII);
    private static final int HEX = 16;

    private InventoryText() {}

    /** True for one whole JSON object and nothing after it. Holds one token in memory at a time. */
    static boolean isObject(byte[] text) {
        try (var parser = Json.createParser(new ByteArrayInputStream(text))) {
            if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
                return false;
            }
            while (parser.hasNext()) {
                parser.next();
            }
            return true;
        } catch (JsonException | IllegalStateException notJson) {
            return false;
        }
    }

    /**
     * Replaces, in place, escapes that JSON allows and {@code jsonb} refuses: the zero character
     * and halves of surrogate pairs, by U+FFFD. The length stays.
     */
    static void makeStorable(byte[] text) {
        for (var at = 0; at + 5 < text.length; at++) {
            if (text[at] != '\\') {
                continue;
            }
            if (text[at + 1] != 'u') {
                at++; // An escaped character, possibly a backslash: not the beginning of another.
                continue;
            }
            var unit = unit(text, at);
            if (Character.isHighSurrogate(unit) && isLowSurrogateAt(text, at + 6)) {
                at += 11;
            } else {
                if (unit == 0 || Character.isSurrogate(unit)) {
                    System.arraycopy(REPLACEMENT, 0, text, at + 2, REPLACEMENT.length);
                }
                at += 5;
            }
        }
    }

    private static boolean isLowSurrogateAt(byte[] text, int at) {
        return at + 5 < text.length
                && text[at] == '\\'
                && text[at + 1] == 'u'
                && Character.isLowSurrogate(unit(text, at));
    }

    private static char unit(byte[] text, int at) {
        var unit = 0;
        for (var digit = at + 2; digit < at + 6; digit++) {
            unit = unit * HEX + Character.digit(text[digit], HEX);
        }
        return (char) unit;
    }
}
