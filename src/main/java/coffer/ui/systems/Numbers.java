package coffer.ui.systems;

import coffer.platform.web.Paging;

import org.jspecify.annotations.Nullable;

/** Numbers in forms and addresses. */
public final class Numbers {

    private Numbers() {}

    /**
     * The number.
     *
     * @throws coffer.platform.Problem {@code validation failed} for anything else than a whole one
     *     within its bounds
     */
    public static long of(String name, @Nullable String text, long least, long most) {
        if (text != null && text.matches("[0-9]{1,15}")) {
            var number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw Paging.invalid(name, "must be a number from " + least + " to " + most, text);
    }
}
