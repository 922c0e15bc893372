package coffer.platform.web;

import java.util.Locale;
import java.util.Optional;

/**
 * A request's path, rewritten once: aliases, old paths and a trailing slash are gone. Paths that
 * could be read in two ways (path parameters, encoded or doubled separators, dot segments, control
 * characters) are no route at all, so that no filter and no matcher can ever disagree about one.
 */
final class Route {

    private static final String[] ALIASES = {"/collect/api", "/backend/api"};

    private Route() {}

    /** The canonical form of a raw (still encoded) path; empty when it is none. */
    static Optional<String> canonical(String raw) {
        return raw.startsWith("/") && !ambiguous(raw)
                ? Optional.of(OldPaths.serving(withoutSlash(withoutAlias(raw))))
                : Optional.empty();
    }

    private static boolean ambiguous(String raw) {
        var path = raw.toLowerCase(Locale.ROOT);
        return path.contains(";")
                || path.contains("//")
                || path.contains("\\")
                || path.contains("%2f")
                || path.contains("%5c")
                || path.contains("%3b")
                || path.contains("%00")
                || path.contains("%25")
                || dotSegment(path);
    }

    private static boolean dotSegment(String path) {
        for (var segment : path.replace("%2e", ".").split("/", -1)) {
            if (segment.equals(".") || segment.equals("..")) {
                return true;
            }
        }
        return false;
    }

    private static String withoutAlias(String path) {
        for (var alias : ALIASES) {
            if (path.equals(alias) || path.startsWith(alias + "/")) {
                return "/api" + path.substring(alias.length());
            }
        }
        return path;
    }

    private static String withoutSlash(String path) {
        return path.length() > 1 && path.endsWith("/")
                ? path.substring(0, path.length() - 1)
                : path;
    }
}
