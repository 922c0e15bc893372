package coffer.fleet;

import coffer.platform.Problem;
import coffer.platform.web.Paging;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** {@code sort=name} or {@code sort=-name}, turned into SQL by a list of what may be sorted by. */
public final class Sorting {

    private Sorting() {}

    /**
     * The text for {@code order by}; ties are broken by the id, so that pages never overlap.
     *
     * @param columns what a name means in SQL
     * @param id the column that breaks ties
     * @throws Problem {@code validation failed} for a name that is not among the columns
     */
    public static String by(
            @Nullable String sort, String usual, Map<String, String> columns, String id) {
        var wanted = sort == null || sort.isEmpty() ? usual : sort;
        var down = wanted.startsWith("-");
        var column = columns.get(down ? wanted.substring(1) : wanted);
        if (column == null) {
            throw Paging.invalid(
                    "sort",
                    "must be one of "
                            + String.join(", ", columns.keySet().stream().sorted().toList()),
                    sort);
        }
        return down ? column + " desc nulls last, " + id + " desc" : column + ", " + id;
    }
}
