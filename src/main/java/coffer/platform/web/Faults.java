package coffer.platform.web;

import coffer.platform.DatabaseAway;
import coffer.platform.Log;
import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.servlet.ServletException;

import org.jspecify.annotations.Nullable;

import java.io.FileNotFoundException;

/** What an exception that nobody expected means to the client. */
public final class Faults {

    private static final int RETRY_SECONDS = 5;

    private Faults() {}

    /**
     * The refusal inside wrappers such as a {@code CompletionException}; else 503 for a database
     * that is away; else 500, logged here with its stack and nowhere else.
     */
    public static Problem problem(Throwable thrown) {
        var expected = inside(thrown);
        if (expected != null) {
            return expected;
        }
        if (thrown instanceof ServletException
                && thrown.getCause() instanceof FileNotFoundException) {
            return ProblemType.ROUTE_NOT_FOUND.withoutDetail(); // The container's word for a 404.
        }
        if (DatabaseAway.causes(thrown)) {
            Log.warn("request.failed", "problem", "database_away", "fault", thrown.toString());
            return ProblemType.UNAVAILABLE.retryAfter(RETRY_SECONDS);
        }
        Log.error("request.failed", thrown, "problem", ProblemType.INTERNAL.slug());
        return ProblemType.INTERNAL.withoutDetail();
    }

    private static @Nullable Problem inside(Throwable thrown) {
        var depth = 0;
        for (Throwable at = thrown; at != null && depth < 20; at = at.getCause()) {
            if (at instanceof Problem problem) {
                return problem;
            }
            depth++;
        }
        return null;
    }
}
