package coffer.platform;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;

/** Tells a database that is away (503, come back) from a fault of our own (500). */
public final class DatabaseAway {

    private static final int DEEPEST = 20;

    private DatabaseAway() {}

    /**
     * True when a lost, refused or ended connection is behind the exception: SQLSTATE class 08, 53
     * (no room for more) or 57P (shut down), or a pool that has no connection to give.
     */
    public static boolean causes(Throwable thrown) {
        var depth = 0;
        for (Throwable at = thrown; at != null && depth < DEEPEST; at = at.getCause()) {
            if (at instanceof SQLException sql && isAway(sql)) {
                return true;
            }
            if (isFromThePool(at)) {
                return true;
            }
            depth++;
        }
        return false;
    }

    private static boolean isAway(SQLException thrown) {
        var state = String.valueOf(thrown.getSQLState());
        return thrown instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P");
    }

    /** Liberty's pool speaks Jakarta Connectors, whose classes an application does not see. */
    private static boolean isFromThePool(Throwable thrown) {
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getName().equals("jakarta.resource.ResourceException")) {
                return true;
            }
        }
        return false;
    }
}
