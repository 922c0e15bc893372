package coffer.legacy;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.util.NoSuchElementException;

/** Reads the one thing that is wanted of an old client's body. */
final class OldJson {

    private OldJson() {}

    /** The text of that name in an object; null for anything else, and for what is no JSON. */
    static @Nullable String text(byte[] body, String name) {
        try (var parser = Json.createParser(new ByteArrayInputStream(body))) {
            return parser.hasNext() && parser.next() == Event.START_OBJECT
                    ? text(parser, name)
                    : null;
        } catch (JsonException | IllegalStateException | NoSuchElementException unreadable) {
            return null;
        }
    }

    private static @Nullable String text(JsonParser parser, String name) {
        var depth = 1;
        while (depth > 0) {
            switch (parser.next()) {
                case START_OBJECT, START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> depth--;
                case KEY_NAME -> {
                    if (depth == 1 && parser.getString().equals(name)) {
                        return parser.next() == Event.VALUE_STRING ? parser.getString() : null;
                    }
                }
                case VALUE_STRING, VALUE_NUMBER, VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> {}
            }
        }
        return null;
    }
}
