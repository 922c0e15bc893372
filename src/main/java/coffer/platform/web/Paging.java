package coffer.platform.web;

import coffer.platform.Problem;
import coffer.platform.ProblemType;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * Which page of a list is wanted (wire contract, section 1).
 *
 * @param page from 1
 * @param pageSize 1 to 200
 */
public record Paging(int page, int pageSize) {

    private static final int USUAL = 50;
    private static final int LARGEST = 200;

    /** So that {@code offset} stays an int for every page size. */
    private static final int LAST = 10_000_000;

    /**
     * Reads the query's texts; absent ones have defaults.
     *
     * @throws Problem {@code validation failed} for anything else than numbers within their bounds
     */
    public static Paging of(@Nullable String page, @Nullable String pageSize) {
        return new Paging(
                number("page", page, 1, LAST), number("page_size", pageSize, USUAL, LARGEST));
    }

    /** Lines before this page. */
    public int offset() {
        return (page - 1) * pageSize;
    }

    /** What the answer says of this page. */
    public Pagination of(long totalCount) {
        var totalPages = (totalCount + pageSize - 1) / pageSize;
        return new Pagination(
                page,
                pageSize,
                totalCount,
                totalPages,
                page < totalPages,
                page > 1,
                page < totalPages ? page + 1 : null,
                page > 1 ? page - 1 : null);
    }

    /** {@code data.pagination}. */
    public record Pagination(
            int page,
            int pageSize,
            long totalCount,
            long totalPages,
            boolean hasNext,
            boolean hasPrev,
            @Nullable Integer nextPage,
            @Nullable Integer prevPage) {}

    /** {@code validation failed} about one parameter. */
    public static Problem invalid(String key, String message, @Nullable String value) {
        return ProblemType.VALIDATION.with(
                Map.of(
                        "errors",
                        List.of(
                                Map.of(
                                        "key", key,
                                        "message", message,
                                        "value", ValidationMapper.shown(key, value)))));
    }

    private static int number(String key, @Nullable String text, int usual, int largest) {
        if (text == null) {
            return usual;
        }
        if (text.matches("[0-9]{1,8}")) {
            var number = Integer.parseInt(text);
            if (number >= 1 && number <= largest) {
                return number;
            }
        }
        throw invalid(key, "must be a number from 1 to " + largest, text);
    }
}
