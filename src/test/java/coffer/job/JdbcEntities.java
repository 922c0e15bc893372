package coffer.job;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Lends ledgers a plain connection where there is no container: native statements only. */
final class JdbcEntities {

    private static final Pattern POSITION = Pattern.compile("\\?(\\d+)");

    private JdbcEntities() {}

    static EntityManager on(Connection connection) {
        return proxy(
                EntityManager.class,
                (self, method, arguments) -> {
                    if (!method.getName().equals("createNativeQuery")) {
                        throw new UnsupportedOperationException(method.toString());
                    }
                    return query(connection, (String) arguments[0]);
                });
    }

    private static Query query(Connection connection, String sql) {
        var values = new TreeMap<Integer, Object>();
        return proxy(
                Query.class,
                (self, method, arguments) ->
                        switch (method.getName()) {
                            case "setParameter" -> {
                                values.put((Integer) arguments[0], arguments[1]);
                                yield self;
                            }
                            case "executeUpdate" -> update(connection, sql, values);
                            case "getResultList" -> list(connection, sql, values);
                            case "getSingleResult" -> list(connection, sql, values).getFirst();
                            default -> throw new UnsupportedOperationException(method.toString());
                        });
    }

    private static int update(Connection connection, String sql, Map<Integer, Object> values)
            throws SQLException {
        try (var statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static List<Object> list(Connection connection, String sql, Map<Integer, Object> values)
            throws SQLException {
        try (var statement = prepare(connection, sql, values);
                var rows = statement.executeQuery()) {
            var columns = rows.getMetaData().getColumnCount();
            var all = new ArrayList<Object>();
            while (rows.next()) {
                var row = new Object[columns];
                for (var i = 0; i < columns; i++) {
                    row[i] = rows.getObject(i + 1);
                }
                all.add(columns == 1 ? row[0] : row);
            }
            return all;
        }
    }

    private static PreparedStatement prepare(
            Connection connection, String sql, Map<Integer, Object> values) throws SQLException {
        var statement = connection.prepareStatement(POSITION.matcher(sql).replaceAll("?"));
        var place = 1;
        for (var position : POSITION.matcher(sql).results().toList()) {
            statement.setObject(place++, values.get(Integer.valueOf(position.group(1))));
        }
        return statement;
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
