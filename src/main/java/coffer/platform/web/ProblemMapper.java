package coffer.platform.web;

import coffer.platform.Log;
import coffer.platform.Problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Writes a {@link Problem}; if a fault of ours is behind it, this is where it is logged. */
@Provider
public class ProblemMapper implements ExceptionMapper<Problem> {

    @Override
    public Response toResponse(Problem problem) {
        return answer(problem);
    }

    static Response answer(Problem problem) {
        if (problem.getCause() != null) {
            Log.error("request.failed", problem.getCause(), "problem", problem.type().slug());
        }
        var envelope = Problems.envelope(problem);
        var response = Envelope.answer(envelope.code(), envelope.message(), envelope.data());
        Problems.headers(problem).forEach(response::header);
        return response.build();
    }
}
