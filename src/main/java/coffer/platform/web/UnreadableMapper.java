package coffer.platform.web;

import coffer.platform.Problem;
import coffer.platform.ProblemType;

import jakarta.json.JsonException;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import java.util.List;
import java.util.Map;

/** A body that is not the JSON it should be: 400, and nothing of the body is repeated. */
@Provider
public class UnreadableMapper implements ExceptionMapper<ProcessingException> {

    @Override
    public Response toResponse(ProcessingException fault) {
        return ProblemMapper.answer(isJson(fault) ? body() : Faults.problem(fault));
    }

    /** {@code validation failed}, about the body as a whole. */
    static Problem body() {
        return ProblemType.VALIDATION.with(
                Map.of(
                        "errors",
                        List.of(Map.of("key", "body", "message", "is not readable", "value", ""))));
    }

    private static boolean isJson(Throwable fault) {
        var depth = 0;
        for (Throwable at = fault; at != null && depth < 20; at = at.getCause()) {
            if (at instanceof JsonbException || at instanceof JsonException) {
                return true;
            }
            depth++;
        }
        return false;
    }
}
