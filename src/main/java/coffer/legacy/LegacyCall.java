package coffer.legacy;

import coffer.platform.web.OldPaths;
import coffer.platform.web.RouteFilter;

import jakarta.servlet.http.HttpServletRequest;

import java.util.Optional;

/**
 * One call of an old client.
 *
 * @param name what it wants, {@code upload}
 * @param proof how the client proves itself
 */
record LegacyCall(LegacyProtocol protocol, String name, Proof proof) {

    /** How a client proves itself. */
    enum Proof {
        /** HTTP Basic, by the legacy pair or the native one. */
        PAIR,
        /** {@code Authorization: token <secret>}. */
        TOKEN,
        /** The secret is in the body, and the resource reads it. */
        BODY
    }

    /** The old call that a request is, if it is one. */
    static Optional<LegacyCall> of(HttpServletRequest request) {
        var route = RouteFilter.route(request);
        var method = request.getMethod();
        if (route.equals(OldPaths.BACKUP_V2) || route.startsWith(OldPaths.BACKUP_V2 + "/")) {
            return pair(
                    LegacyProtocol.V2, v2(method, route.length() > OldPaths.BACKUP_V2.length()));
        }
        return switch (method + " " + route) {
            case "POST " + OldPaths.PROXY_BACKUP -> pair(LegacyProtocol.PROXY, "upload");
            case "GET " + ProxyResource.CREDENTIALS -> pair(LegacyProtocol.PROXY, "credentials");
            case "POST /api/systems/heartbeat" -> proxy(request, "heartbeat");
            case "POST /api/systems/inventory" -> proxy(request, "inventory");
            case "POST " + OldPaths.NETHBACKUP -> pair(LegacyProtocol.NETHBACKUP, action(request));
            case "POST /api/legacy/isa/heartbeats/store" -> token(LegacyProtocol.ISA, "heartbeat");
            case "POST /api/legacy/isa/inventory/store" -> token(LegacyProtocol.ISA, "inventory");
            case "POST /api/machine/heartbeats/store" -> token(LegacyProtocol.MACHINE, "heartbeat");
            case "POST /api/machine/inventories/store" ->
                    token(LegacyProtocol.MACHINE, "inventory");
            case "GET /api/machine/info" -> token(LegacyProtocol.MACHINE, "info");
            case "POST /api/systems/info" ->
                    Optional.of(new LegacyCall(LegacyProtocol.ISA, "info", Proof.BODY));
            default -> Optional.empty();
        };
    }

    private static Optional<LegacyCall> pair(LegacyProtocol protocol, String name) {
        return Optional.of(new LegacyCall(protocol, name, Proof.PAIR));
    }

    private static Optional<LegacyCall> token(LegacyProtocol protocol, String name) {
        return Optional.of(new LegacyCall(protocol, name, Proof.TOKEN));
    }

    /** The same routes serve section 2, whose clients are not old. */
    private static Optional<LegacyCall> proxy(HttpServletRequest request, String name) {
        return RouteFilter.sent(request).startsWith("/proxy/")
                ? pair(LegacyProtocol.PROXY, name)
                : Optional.empty();
    }

    private static String v2(String method, boolean one) {
        return switch (method) {
            case "PUT" -> "upload";
            case "GET" -> one ? "download" : "list";
            case "DELETE" -> "delete";
            default -> "other";
        };
    }

    private static String action(HttpServletRequest request) {
        return switch (String.valueOf(OldPaths.action(request))) {
            case "backup-send" -> "upload";
            case "backup-list" -> "list";
            case "backup-get" -> "download";
            default -> "other";
        };
    }
}
