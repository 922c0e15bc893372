package coffer.platform.web;

import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** Writes a refusal from a servlet filter exactly as {@link ProblemMapper} does from JAX-RS. */
public final class Problems {

    private static final String CHALLENGE = "Basic realm=\"System Authentication\"";

    private Problems() {}

    /** The challenge that goes with each 401 of an appliance (RFC 7617). */
    public static String challenge() {
        return CHALLENGE;
    }

    /** Answers with the problem's envelope. Does nothing once the answer is under way. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.type().status());
        headers(problem).forEach(response::setHeader);
        body(response, envelope(problem));
    }

    /**
     * As {@link #write}, for a refusal before the body was read: the connection ends, so that what
     * the client still sends is never taken for a request.
     */
    public static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        if (!response.isCommitted()) {
            response.setHeader("Connection", "close");
        }
        write(response, problem);
    }

    /** Answers what an exception means to the client; one that nobody expected is logged. */
    public static void fail(HttpServletResponse response, Throwable thrown) throws IOException {
        write(response, Faults.problem(thrown));
    }

    /** Answers with an envelope whose code is the status. Does nothing once it is under way. */
    public static void write(HttpServletResponse response, Envelope envelope) throws IOException {
        if (!response.isCommitted()) {
            response.setStatus(envelope.code());
            body(response, envelope);
        }
    }

    static Envelope envelope(Problem problem) {
        var type = problem.type();
        var data = new LinkedHashMap<String, Object>();
        data.put("type", type.slug());
        if (type.hint() != null) {
            data.put("hint", type.hint());
        }
        data.putAll(problem.data());
        return new Envelope(type.status(), type.message(), data);
    }

    static SequencedMap<String, String> headers(Problem problem) {
        var headers = new LinkedHashMap<String, String>();
        var challenge = challenge(problem.type());
        if (challenge != null) {
            headers.put("WWW-Authenticate", challenge);
        }
        if (((Map<?, ?>) problem.data()).get("retry_after_seconds") instanceof Number seconds) {
            headers.put("Retry-After", String.valueOf(seconds.longValue()));
        }
        return headers;
    }

    private static void body(HttpServletResponse response, Envelope envelope) throws IOException {
        var bytes = Json.text(envelope).getBytes(StandardCharsets.UTF_8);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    /**
     * A 401 must carry a challenge (RFC 9110); registration and sign-in prove themselves by their
     * body.
     */
    private static @Nullable String challenge(ProblemType type) {
        return switch (type) {
            case AUTHENTICATION_REQUIRED,
                    INVALID_AUTHENTICATION_FORMAT,
                    INVALID_AUTHENTICATION_ENCODING,
                    INVALID_CREDENTIALS_FORMAT,
                    INVALID_SYSTEM_CREDENTIALS ->
                    CHALLENGE;
            case AUTHORIZATION_REQUIRED, INVALID_SIGN_IN -> "Bearer";
            case INVALID_TOKEN -> "Bearer error=\"invalid_token\"";
            default -> null;
        };
    }
}
