package coffer.intake;

import coffer.backup.Received;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;

/** Takes exactly the declared bytes off a request, hashing and looking at them on the way. */
final class BodyReader {

    private static final int STEP_BYTES = 128 * 1024;

    /** The body did not come whole; the message says how, for the log. */
    sealed interface Failure {

        /** The client ended the body early. */
        record EndedEarly(long receivedBytes) implements Failure {}

        /** The connection broke, or stood still for longer than the server waits. */
        record Gone() implements Failure {}

        /** It came too slowly for too long. */
        record TooSlow() implements Failure {}

        /** Our own disk failed or is full. */
        record SpoolFailed(String reason) implements Failure {}
    }

    /** Either what was received or why it was not. */
    sealed interface Result {

        /** It came whole. */
        record Whole(Received received, ContentKind kind) implements Result {}

        /** It did not. */
        record Not(Failure failure) implements Result {}
    }

    private final long slowestBytesPerSecond;
    private final Duration slowWindow;

    BodyReader(long slowestBytesPerSecond, Duration slowWindow) {
        this.slowestBytesPerSecond = slowestBytesPerSecond;
        this.slowWindow = slowWindow;
    }

    /** Reads {@code declared} bytes of {@code body} into {@code room}. */
    Result take(InputStream body, long declared, Spool.Claim room) {
        try {
            room.open();
        } catch (IOException full) {
            return new Result.Not(new Failure.SpoolFailed(full.getClass().getSimpleName()));
        }
        var digest = sha256();
        var step = new byte[(int) Math.min(STEP_BYTES, declared)];
        var head = new byte[0];
        var received = 0L;
        var windowStart = System.nanoTime();
        var windowBytes = 0L;
        while (received < declared) {
            int count;
            try {
                count = body.read(step, 0, (int) Math.min(step.length, declared - received));
            } catch (IOException broken) {
                return new Result.Not(new Failure.Gone());
            }
            if (count < 0) {
                return new Result.Not(new Failure.EndedEarly(received));
            }
            if (head.length < ContentKind.LOOK_BYTES) {
                head = longer(head, step, count);
            }
            digest.update(step, 0, count);
            try {
                room.append(step, count);
            } catch (IOException full) {
                return new Result.Not(new Failure.SpoolFailed(full.getClass().getSimpleName()));
            }
            received += count;
            windowBytes += count;
            var elapsed = System.nanoTime() - windowStart;
            if (elapsed >= slowWindow.toNanos()) {
                if (windowBytes * 1e9 / elapsed < slowestBytesPerSecond) {
                    return new Result.Not(new Failure.TooSlow());
                }
                windowStart = System.nanoTime();
                windowBytes = 0;
            }
        }
        var kind = ContentKind.of(head, head.length);
        return new Result.Whole(
                new Received(received, HexFormat.of().formatHex(digest.digest()), kind.word()),
                kind);
    }

    private static byte[] longer(byte[] head, byte[] step, int count) {
        var more = Math.min(count, ContentKind.LOOK_BYTES - head.length);
        var longer = Arrays.copyOf(head, head.length + more);
        System.arraycopy(step, 0, longer, head.length, more);
        return longer;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
