package coffer.platform;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/**
 * What every ledger does with a native statement: parameters by position, columns as they come.
 * Ledgers use it where one conditional update, a row lock or a PostgreSQL array is the clear way.
 */
public final class NativeSql {

    private NativeSql() {}

    /** A statement with its parameters {@code ?1}, {@code ?2}, … in order. */
    public static Query query(EntityManager database, String sql, @Nullable Object... parameters) {
        var query = database.createNativeQuery(sql);
        for (var i = 0; i < parameters.length; i++) {
            query.setParameter(i + 1, parameters[i]);
        }
        return query;
    }

    /** The rows of a statement that selects two columns or more. */
    @SuppressWarnings("unchecked") // several columns come as arrays; the interface says so nowhere
    public static List<Object[]> rows(Query query) {
        return query.getResultList();
    }

    /** A {@code timestamptz}. */
    public static Instant instant(Object value) {
        return value instanceof Timestamp timestamp
                ? timestamp.toInstant()
                : ((OffsetDateTime) value).toInstant();
    }

    /** Any kind of whole number. */
    public static long number(Object value) {
        return ((Number) value).longValue();
    }

    /** Ids or numbers for {@code any(cast(string_to_array(?1, ',') as …[]))}. */
    public static String array(Iterable<?> values) {
        var text = new StringBuilder();
        for (var value : values) {
            text.append(text.isEmpty() ? "" : ",").append(value);
        }
        return text.toString();
    }
}
