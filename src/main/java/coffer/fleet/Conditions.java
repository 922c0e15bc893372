package coffer.fleet;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The conditions of a list, each with its values; a text of a client is never part of the SQL. */
public final class Conditions {

    private final StringBuilder sql = new StringBuilder("true");
    private final List<Object> values = new ArrayList<>();

    /** One more; each {@code ?} in it takes the next value. */
    public Conditions and(String condition, Object... itsValues) {
        sql.append(" and ").append(numbered(condition, itsValues));
        return this;
    }

    /** One more only if the value is there. */
    public Conditions andIf(@Nullable Object value, String condition) {
        return value == null ? this : and(condition, value);
    }

    /** A text with values of its own, to stand anywhere in the statement. */
    public String numbered(String text, Object... itsValues) {
        var numbered = new StringBuilder();
        var next = 0;
        for (var at = 0; at < text.length(); at++) {
            var character = text.charAt(at);
            numbered.append(character);
            if (character == '?') {
                values.add(itsValues[next++]);
                numbered.append(values.size());
            }
        }
        return numbered.toString();
    }

    /** For {@code where}. */
    public String sql() {
        return sql.toString();
    }

    /** For {@code ?1}, {@code ?2}, …. */
    public Object[] values() {
        return values.toArray();
    }

    /** A pattern for {@code lower(x) like ?} that finds the text anywhere. */
    public static String containing(String text) {
        var plain = text.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1");
        return "%" + plain + "%";
    }
}
