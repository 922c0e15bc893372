package coffer.fleet;

import coffer.platform.Problem;
import coffer.platform.web.Paging;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Set;

/**
 * {@code sort=name} or {@code sort=-name}, turned into SQL by a list of what may be sorted by. Ties
 * are broken by the id, so that pages never overlap.
 *
 * @param column what the name means in SQL
 * @param id the column that breaks ties
 * @param down from the last to the first
 * @param nullable it may be empty, which comes last either way
 */
public record Sorting(String column, String id, boolean down, boolean nullable) {

    /**
     * What a client asked for.
     *
     * @param columns what a name means in SQL
     * @param nullable names of those that may be empty
     * @throws Problem {@code validation failed} for a name that is not among the columns
     */
    public static Sorting by(
            @Nullable String sort,
            String usual,
            Map<String, String> columns,
            String id,
            Set<String> nullable) {
        var wanted = sort == null || sort.isEmpty() ? usual : sort;
        var down = wanted.startsWith("-");
        var name = down ? wanted.substring(1) : wanted;
        var column = columns.get(name);
        if (column == null) {
            throw Paging.invalid(
                    "sort",
                    "must be one of "
                            + String.join(", ", columns.keySet().stream().sorted().toList()),
                    sort);
        }
        return new Sorting(column, id, down, nullable.contains(name));
    }

    /** The text for {@code order by}. */
    public String forward() {
        return text(down, " nulls last");
    }

    /** The same order from its end, for pages that are nearer to it. */
    public String backward() {
        return text(!down, " nulls first");
    }

    /** An index can be read either way, but not with the empty ones at its other end. */
    private String text(boolean downwards, String empty) {
        var way = downwards ? " desc" : "";
        return column + way + (nullable ? empty : "") + ", " + id + way;
    }
}
