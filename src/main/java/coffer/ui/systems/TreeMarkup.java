package coffer.ui.systems;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

import java.io.StringReader;

/**
 * JSON as nested lists that open and close without a script. Every text is escaped; after so many
 * lines it ends with an ellipsis.
 */
final class TreeMarkup {

    private static final int MOST_LINES = 4_000;
    private static final int OPEN_DEPTH = 2;
    private static final int MOST_DEPTH = 40;

    private final StringBuilder markup = new StringBuilder();
    private int lines;

    private TreeMarkup() {}

    static String of(String json) {
        var tree = new TreeMarkup();
        try (var reader = Json.createReader(new StringReader(json))) {
            tree.children(reader.readValue(), 1);
        } catch (JsonException tooDeep) {
            return "";
        }
        return tree.markup.toString();
    }

    private void children(JsonValue value, int depth) {
        markup.append("<ul>");
        if (value instanceof JsonObject object) {
            object.forEach((name, child) -> line(name, child, depth));
        } else if (value instanceof JsonArray array) {
            for (var i = 0; i < array.size(); i++) {
                line(Integer.toString(i + 1), array.get(i), depth);
            }
        }
        markup.append("</ul>");
    }

    private void line(String name, JsonValue value, int depth) {
        if (++lines > MOST_LINES || depth > MOST_DEPTH) {
            if (lines == MOST_LINES + 1) {
                markup.append("<li>…</li>");
            }
            return;
        }
        markup.append("<li>");
        var size = size(value);
        if (size > 0) {
            markup.append(
                            depth <= OPEN_DEPTH && size <= 40
                                    ? "<details open=\"open\">"
                                    : "<details>")
                    .append("<summary><b>")
                    .append(escaped(name))
                    .append("</b> <span class=\"quiet\">(")
                    .append(size)
                    .append(")</span></summary>");
            children(value, depth + 1);
            markup.append("</details>");
        } else {
            markup.append("<b>")
                    .append(escaped(name))
                    .append("</b> <bdi>")
                    .append(escaped(text(value)))
                    .append("</bdi>");
        }
        markup.append("</li>");
    }

    private static int size(JsonValue value) {
        return switch (value) {
            case JsonObject object -> object.size();
            case JsonArray array -> array.size();
            default -> 0;
        };
    }

    private static String text(JsonValue value) {
        return value instanceof JsonString string ? string.getString() : value.toString();
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder(text.length() + 16);
        for (var i = 0; i < text.length(); i++) {
            var character = text.charAt(i);
            switch (character) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(character < ' ' ? ' ' : character);
            }
        }
        return escaped.toString();
    }
}
