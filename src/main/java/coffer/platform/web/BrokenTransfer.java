package coffer.platform.web;

import coffer.platform.Problem;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A refusal whose body ends before its {@code Content-Length}. Old clients ignore the status of an
 * upload and would not send again; a transfer that breaks they notice (curl: exit 18), through a
 * balancer, too. No answer at all would become the balancer's own 502, which they take for success.
 */
public final class BrokenTransfer {

    /** How much of the body never comes. */
    private static final int MISSING_BYTES = 1_024;

    private BrokenTransfer() {}

    /**
     * True where the same backup may be taken later: our own faults, too many uploads, a full
     * organization, a body that did not arrive whole.
     */
    public static boolean suits(Problem problem) {
        return switch (problem.type()) {
            case ORGANIZATION_QUOTA, LENGTH_MISMATCH -> true;
            default -> problem.type().status() >= 500 || problem.type().status() == 429;
        };
    }

    /**
     * Before anything is written: the container puts the length of a small answer right as long as
     * it holds it back, so it must not hold a byte back.
     */
    public static void prepare(HttpServletResponse response) {
        if (!response.isCommitted()) {
            response.setBufferSize(1);
        }
    }

    /** From a servlet filter. Does nothing once the answer is under way. */
    public static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        prepare(response);
        response.setStatus(problem.type().status());
        Problems.headers(problem).forEach(response::setHeader);
        response.setHeader("Connection", "close");
        response.setContentType("application/json");
        var bytes = body(problem);
        response.setContentLength(bytes.length + MISSING_BYTES);
        response.getOutputStream().write(bytes);
        response.flushBuffer();
    }

    /** From a resource, whose request a filter has {@link #prepare prepared}. */
    public static Response answer(Problem problem) {
        var bytes = body(problem);
        StreamingOutput part =
                out -> {
                    out.write(bytes);
                    out.flush();
                };
        var answer =
                Response.status(problem.type().status())
                        .type("application/json")
                        .header("Connection", "close")
                        .header("Content-Length", bytes.length + MISSING_BYTES)
                        .entity(part);
        Problems.headers(problem).forEach(answer::header);
        return answer.build();
    }

    private static byte[] body(Problem problem) {
        return Json.text(Problems.envelope(problem)).getBytes(StandardCharsets.UTF_8);
    }
}
