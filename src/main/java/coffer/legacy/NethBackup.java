package coffer.legacy;

import coffer.platform.web.OldPaths;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * {@code POST /backup}: what to do is in {@code NethBackup-Action}, with what in {@code
 * NethBackup-Parameters}, encoded as a query.
 *
 * @param parameters by their names
 */
record NethBackup(@Nullable String action, Map<String, String> parameters) {

    NethBackup {
        parameters = Map.copyOf(parameters);
    }

    static NethBackup of(HttpServletRequest request) {
        return new NethBackup(
                OldPaths.action(request), parameters(request.getHeader("NethBackup-Parameters")));
    }

    /** What the client takes for the name of its system. */
    @Nullable String systemId() {
        return parameters.get("LK");
    }

    @Nullable String filename() {
        return parameters.get("fname");
    }

    /** The backup that it wants. */
    @Nullable String backupId() {
        return parameters.get("bakfile");
    }

    static Map<String, String> parameters(@Nullable String query) {
        var parameters = new HashMap<String, String>();
        for (var pair : query == null ? new String[0] : query.strip().split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        pair.substring(0, equals), LegacyNames.decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }
}
