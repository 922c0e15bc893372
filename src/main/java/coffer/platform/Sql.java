package coffer.platform;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * One statement of a ledger, to be sent with others by {@link RoundTrip}; afterwards it holds what
 * came back. The text has its parameters as {@link NativeSql} has: {@code ?1}, {@code ?2}, ….
 */
public final class Sql<T> {

    private final String text;
    private final List<@Nullable Object> parameters;
    private final Function<Answer, T> reading;
    private @Nullable Answer answer;

    private Sql(String text, List<@Nullable Object> parameters, Function<Answer, T> reading) {
        this.text = text;
        this.parameters = parameters;
        this.reading = reading;
    }

    /** A statement that answers with rows, each an array of its columns. */
    public static Sql<List<@Nullable Object[]>> rows(String text, @Nullable Object... parameters) {
        return new Sql<>(text, copy(parameters), Answer::rows);
    }

    /** A statement that answers with the number of rows that it changed. */
    public static Sql<Integer> update(String text, @Nullable Object... parameters) {
        return new Sql<>(text, copy(parameters), Answer::count);
    }

    /** The same statement, whose answer is read further. */
    public <U> Sql<U> as(Function<? super T, U> further) {
        return new Sql<>(text, parameters, reading.andThen(further));
    }

    /** What came back; it must have been sent. */
    public T result() {
        if (answer == null) {
            throw new IllegalStateException("a statement that was not sent has no answer");
        }
        return reading.apply(answer);
    }

    String text() {
        return text;
    }

    List<@Nullable Object> parameters() {
        return parameters;
    }

    void answered(Answer came) {
        this.answer = came;
    }

    private static List<@Nullable Object> copy(@Nullable Object... parameters) {
        return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(parameters)));
    }

    /** Rows, or none and a count. */
    record Answer(List<@Nullable Object[]> rows, int count) {}
}
