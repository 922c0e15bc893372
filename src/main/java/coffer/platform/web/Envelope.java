package coffer.platform.web;

import jakarta.json.bind.annotation.JsonbPropertyOrder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;

/**
 * What every JSON answer looks like (wire contract, section 1).
 *
 * @param code the HTTP status, but for the few calls whose contract says otherwise
 * @param message lower-case text
 * @param data a record or a map, or null
 */
@JsonbPropertyOrder({"code", "message", "data"})
public record Envelope(int code, String message, @Nullable Object data) {

    /** A 200. */
    public static Response ok(String message, @Nullable Object data) {
        return answer(200, message, data).build();
    }

    /** Any status, open for headers. */
    public static Response.ResponseBuilder answer(
            int status, String message, @Nullable Object data) {
        return answer(status, status, message, data);
    }

    /** For the calls whose {@code code} is not their status. */
    public static Response.ResponseBuilder answer(
            int status, int code, String message, @Nullable Object data) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Envelope(code, message, data));
    }
}
