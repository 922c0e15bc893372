package coffer.bench;

import coffer.launch.Instance;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Statements of the benchmark's own. */
final class Sql {

    private Sql() {}

    static void run(Instance instance, String statement) throws SQLException {
        try (var connection = instance.connect();
                var run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    static String text(Instance instance, String query) throws SQLException {
        return texts(instance, query).getFirst();
    }

    static long number(Instance instance, String query) throws SQLException {
        return Long.parseLong(text(instance, query));
    }

    /** The first column. */
    static List<String> texts(Instance instance, String query) throws SQLException {
        try (var connection = instance.connect();
                var run = connection.createStatement();
                var rows = run.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(String.valueOf(rows.getString(1)));
            }
            return texts;
        }
    }
}
