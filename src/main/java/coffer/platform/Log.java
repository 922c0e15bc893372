package coffer.platform;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Events with stable keys, over {@link System.Logger}: {@code Log.info("backup.sealed",
 * "backup_id", id)}. The event is in the past tense; values carry no personal data and no secret.
 */
public final class Log {

    private static final Logger LOGGER = System.getLogger("coffer");
    private static final ScopedValue<String> REQUEST = ScopedValue.newInstance();
    private static final ThreadLocal<@Nullable String> REQUEST_ON_THREAD = new ThreadLocal<>();

    private Log() {}

    /** Something happened as it should. */
    public static void info(String event, Object... keysAndValues) {
        write(INFO, event, null, keysAndValues);
    }

    /** Something is wrong that needs no hand yet. */
    public static void warn(String event, Object... keysAndValues) {
        write(WARNING, event, null, keysAndValues);
    }

    /** Something is wrong that a person should look at; {@code cause} is printed with its stack. */
    public static void error(String event, Throwable cause, Object... keysAndValues) {
        write(ERROR, event, cause, keysAndValues);
    }

    /** From here on, lines of this thread carry this request id, until {@link #leaveRequest()}. */
    public static void enterRequest(String requestId) {
        REQUEST_ON_THREAD.set(requestId);
    }

    /** Ends what {@link #enterRequest} began. */
    public static void leaveRequest() {
        REQUEST_ON_THREAD.remove();
    }

    /** Runs {@code work}, whose lines carry this request id; for work handed to another thread. */
    public static void within(String requestId, Runnable work) {
        ScopedValue.where(REQUEST, requestId).run(work);
    }

    /** The id of the request this thread works for, or null outside of any. */
    public static @Nullable String requestId() {
        return REQUEST.isBound() ? REQUEST.get() : REQUEST_ON_THREAD.get();
    }

    private static void write(
            Level level, String event, @Nullable Throwable cause, Object... keysAndValues) {
        if (!LOGGER.isLoggable(level)) {
            return;
        }
        var line = new StringBuilder(event);
        for (var i = 0; i + 1 < keysAndValues.length; i += 2) {
            line.append(' ')
                    .append(keysAndValues[i])
                    .append('=')
                    .append(oneLine(keysAndValues[i + 1]));
        }
        var request = requestId();
        if (request != null) {
            line.append(" request_id=").append(request);
        }
        if (cause == null) {
            LOGGER.log(level, line.toString());
        } else {
            LOGGER.log(level, line.toString(), cause);
        }
    }

    /** A value may come from outside: it must not begin a line of its own. */
    private static String oneLine(@Nullable Object value) {
        return String.valueOf(value).replaceAll("\\p{Cntrl}", "_");
    }
}
