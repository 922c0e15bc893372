package coffer.platform.web;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The paths of the platform that Coffer replaces (wire contract, section 3), and the routes that
 * serve them. What is the same call as one of section 2 is that route; the others are below {@code
 * /api/legacy}.
 */
public final class OldPaths {

    /** {@code PUT}, {@code GET}, {@code DELETE} of backups. */
    public static final String BACKUP_V2 = "/api/legacy/v2/backup";

    /** {@code POST} of a backup by the proxy's path. */
    public static final String PROXY_BACKUP = "/api/legacy/proxy/backup";

    /** The call whose action is in a header. */
    public static final String NETHBACKUP = "/api/legacy/nethbackup";

    private static final String ACTION = "NethBackup-Action";

    /** Longer ones first, where one begins with another. */
    private static final Map<String, String> MOVED = moved();

    private OldPaths() {}

    /** Where a path is served; itself, if it is none of the old ones. */
    static String serving(String path) {
        for (var entry : MOVED.entrySet()) {
            var old = entry.getKey();
            if (path.equals(old) || path.startsWith(old + "/")) {
                return entry.getValue() + path.substring(old.length());
            }
        }
        return path;
    }

    /**
     * True for an upload by an old client, which sees no status and must see a broken transfer
     * instead ({@link BrokenTransfer}).
     */
    public static boolean isUpload(HttpServletRequest request) {
        var route = RouteFilter.route(request);
        if (route == null) {
            return false;
        }
        return switch (request.getMethod()) {
            case "PUT" -> route.equals(BACKUP_V2) || route.startsWith(BACKUP_V2 + "/");
            case "POST" ->
                    route.equals(PROXY_BACKUP)
                            || (route.equals(NETHBACKUP) && "backup-send".equals(action(request)));
            default -> false;
        };
    }

    /** What a call to {@link #NETHBACKUP} asks for; null when it does not say. */
    public static @Nullable String action(HttpServletRequest request) {
        var action = request.getHeader(ACTION);
        return action == null ? null : action.strip();
    }

    private static Map<String, String> moved() {
        var moved = new LinkedHashMap<String, String>();
        moved.put("/enterprise/api/v2/backup", BACKUP_V2);
        moved.put("/community/api/v2/backup", BACKUP_V2);
        moved.put("/proxy/heartbeat", "/api/systems/heartbeat");
        moved.put("/proxy/inventory", "/api/systems/inventory");
        moved.put("/proxy", "/api/legacy/proxy");
        moved.put("/isa", "/api/legacy/isa");
        moved.put("/backup", NETHBACKUP);
        return moved;
    }
}
