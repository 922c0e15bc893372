package coffer.appliance;

import coffer.platform.ProblemType;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;

/** Reads a body into memory, which grows with what came and ends at a bound. */
public final class BoundedBody {

    /** A sender that needs longer is let go. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int FIRST = 8 * 1024;

    private BoundedBody() {}

    /**
     * The whole body; {@link ProblemType#BODY_TOO_LARGE} as soon as more than {@code most} came.
     */
    public static byte[] read(InputStream body, int most) throws IOException {
        var endsAt = System.nanoTime() + PATIENCE.toNanos();
        var bytes = new byte[Math.min(FIRST, most + 1)];
        var length = 0;
        for (var got = 0; got >= 0; ) {
            length += got;
            if (length > most) {
                throw ProblemType.BODY_TOO_LARGE.withoutDetail();
            }
            if (System.nanoTime() - endsAt > 0) {
                throw new IOException("the body took longer than " + PATIENCE);
            }
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, (int) Math.min(most + 1L, bytes.length * 2L));
            }
            got = body.read(bytes, length, bytes.length - length);
        }
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }
}
