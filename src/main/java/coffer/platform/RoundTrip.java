package coffer.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import javax.sql.DataSource;

/**
 * Sends several statements to the catalogue at once, in the caller's transaction. They run one
 * after the other, and each sees what those before it did and what others had committed when it
 * began: so a lock may come first and what it guards be read behind it (ADR 0050). For what every
 * upload does; elsewhere a ledger's {@code EntityManager} is the plainer way.
 */
@ApplicationScoped
public class RoundTrip {

    private final Map<List<String>, Form> forms = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable DataSource> source = new AtomicReference<>();

    /** Also makes the client proxy, so it looks nothing up. */
    @Inject
    RoundTrip() {}

    /** Sends them; each holds its answer afterwards. A transaction must be open. */
    public void send(Sql<?>... statements) {
        send(Arrays.asList(statements));
    }

    /** See {@link #send(Sql...)}. */
    public void send(List<Sql<?>> statements) {
        var texts = statements.stream().<String>map(Sql::text).toList();
        var form = forms.computeIfAbsent(texts, Form::of);
        try (var connection = source().getConnection();
                var prepared = connection.prepareStatement(form.text())) {
            bind(prepared, form, statements);
            var rows = prepared.execute();
            for (var statement : statements) {
                statement.answered(answer(prepared, rows));
                rows = prepared.getMoreResults();
            }
        } catch (SQLException thrown) {
            throw new IllegalStateException("the catalogue did not answer", thrown);
        }
    }

    private DataSource source() {
        var known = source.get();
        if (known != null) {
            return known;
        }
        var found = Container.find("jdbc/coffer", DataSource.class);
        source.set(found);
        return found;
    }

    private static void bind(PreparedStatement prepared, Form form, List<Sql<?>> statements)
            throws SQLException {
        var place = 1;
        for (var i = 0; i < statements.size(); i++) {
            var parameters = statements.get(i).parameters();
            for (var number : form.order().get(i)) {
                var value = parameters.get(number - 1);
                if (value == null) {
                    prepared.setNull(place, Types.NULL);
                } else {
                    prepared.setObject(place, value);
                }
                place++;
            }
        }
    }

    private static Sql.Answer answer(PreparedStatement prepared, boolean hasRows)
            throws SQLException {
        if (!hasRows) {
            return new Sql.Answer(List.of(), prepared.getUpdateCount());
        }
        try (var result = prepared.getResultSet()) {
            return new Sql.Answer(rows(result), 0);
        }
    }

    private static List<@Nullable Object[]> rows(ResultSet result) throws SQLException {
        var columns = result.getMetaData().getColumnCount();
        var rows = new ArrayList<@Nullable Object[]>();
        while (result.next()) {
            var row = new @Nullable Object[columns];
            for (var i = 0; i < columns; i++) {
                row[i] = result.getObject(i + 1);
            }
            rows.add(row);
        }
        return rows;
    }

    /**
     * Statements as JDBC wants them: parted by semicolons, parameters without numbers.
     *
     * @param order of each statement, which parameter stands at each question mark
     */
    private record Form(String text, List<List<Integer>> order) {

        private static final Pattern PARAMETER = Pattern.compile("\\?(\\d+)");

        static Form of(List<String> texts) {
            var order =
                    texts.stream()
                            .map(text ->
                                    PARAMETER
                                            .matcher(text)
                                            .results()
                                            .map(found -> Integer.valueOf(found.group(1)))
                                            .toList())
                            .toList();
            return new Form(PARAMETER.matcher(String.join(";\n", texts)).replaceAll("?"), order);
        }
    }
}
