package coffer.platform.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** The last resort: nothing of an unexpected exception reaches the client. */
@Provider
public class UnexpectedMapper implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable thrown) {
        return ProblemMapper.answer(Faults.problem(thrown));
    }
}
