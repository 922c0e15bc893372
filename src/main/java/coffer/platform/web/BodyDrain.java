package coffer.platform.web;

import jakarta.servlet.http.HttpServletRequest;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Takes the body of a refused upload off its connection, and drops it. A balancer that still sends
 * when the server has answered and closed sees a broken connection, throws the answer away and
 * makes a 502 of its own; it passes on what is answered after the last byte (seen with nginx).
 */
public final class BodyDrain {

    private static final int STEP_BYTES = 64 * 1024;
    private static final long SLOWEST_BYTES_PER_SECOND = 8 * 1024;
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private BodyDrain() {}

    /** False where nothing comes, or where the client waits for a word before it sends. */
    public static boolean isNeeded(HttpServletRequest request) {
        var expects = request.getHeader("Expect");
        return request.getContentLengthLong() > 0
                && (expects == null || !expects.equalsIgnoreCase("100-continue"));
    }

    /**
     * Reads {@code declared} bytes, or fewer where the client is gone or very slow. It waits, so it
     * belongs on a virtual thread.
     */
    public static void drain(InputStream body, long declared) {
        var step = new byte[STEP_BYTES];
        var left = declared;
        var windowStart = System.nanoTime();
        var windowBytes = 0L;
        try {
            while (left > 0) {
                var count = body.read(step, 0, (int) Math.min(step.length, left));
                if (count < 0) {
                    return;
                }
                left -= count;
                windowBytes += count;
                var elapsed = System.nanoTime() - windowStart;
                if (elapsed >= WINDOW.toNanos()) {
                    if (windowBytes * 1e9 / elapsed < SLOWEST_BYTES_PER_SECOND) {
                        return;
                    }
                    windowStart = System.nanoTime();
                    windowBytes = 0;
                }
            }
        } catch (IOException gone) {
            return; // The answer that follows finds nobody, and that is all there is to it.
        }
    }
}
