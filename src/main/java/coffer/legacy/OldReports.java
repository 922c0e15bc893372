package coffer.legacy;

import coffer.appliance.BoundedBody;
import coffer.appliance.HeartbeatDesk;
import coffer.appliance.InventoryIntake;
import coffer.id.CurrentCaller;
import coffer.platform.Executors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.io.InputStream;
import java.util.concurrent.CompletionStage;

/** Heartbeats and inventories as {@code /isa} and {@code /api/machine} send them. */
@ApplicationScoped
public class OldReports {

    private static final int MOST_BYTES = 64 * 1024;

    private final HeartbeatDesk heartbeats;
    private final InventoryIntake inventories;
    private final LegacyNames names;
    private final Executors executors;

    @Inject
    OldReports(
            HeartbeatDesk heartbeats,
            InventoryIntake inventories,
            LegacyNames names,
            Executors executors) {
        this.heartbeats = heartbeats;
        this.inventories = inventories;
        this.names = names;
        this.executors = executors;
    }

    /** For the client proxy. */
    @SuppressWarnings("NullAway")
    protected OldReports() {
        this(null, null, null, null);
    }

    /** {@code {"lk": <id>}}; a body without it is a heartbeat, too. */
    CompletionStage<Response> heartbeat(HttpServletRequest request, InputStream body) {
        var caller = CurrentCaller.appliance(request);
        return executors.supply(() -> {
            names.refuse(caller, OldJson.text(BoundedBody.read(body, MOST_BYTES), "lk"))
                    .ifPresent(problem -> {
                        throw problem;
                    });
            heartbeats.beat(caller);
            return nothing();
        });
    }

    /** Any JSON object; it is kept as it came. */
    CompletionStage<Response> inventory(HttpServletRequest request, InputStream body) {
        var caller = CurrentCaller.appliance(request);
        var length = request.getContentLengthLong();
        return executors.supply(() -> {
            inventories.take(caller, length, body);
            return nothing();
        });
    }

    private static Response nothing() {
        return Response.ok("{}", MediaType.APPLICATION_JSON_TYPE).build();
    }
}
