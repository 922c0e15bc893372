package coffer.platform.web;

import coffer.platform.ProblemType;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** What JAX-RS itself refuses: no such path, method or media type, an unreadable body. */
@Provider
public class WebFaultMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException fault) {
        var own = fault.getResponse();
        if (own.getStatus() < 400) {
            return own; // JAX-RS answers OPTIONS by an exception that holds a 200.
        }
        var answer = ProblemMapper.answer(Faults.problem(problem(own.getStatus(), fault)));
        var allow = own.getHeaderString(HttpHeaders.ALLOW);
        return fault instanceof NotAllowedException && allow != null
                ? Response.fromResponse(answer).header(HttpHeaders.ALLOW, allow).build()
                : answer;
    }

    private static Throwable problem(int status, WebApplicationException fault) {
        return switch (status) {
            case 404 -> ProblemType.ROUTE_NOT_FOUND.withoutDetail();
            case 405 -> ProblemType.METHOD_NOT_ALLOWED.withoutDetail();
            case 406 -> ProblemType.NOT_ACCEPTABLE.withoutDetail();
            case 413 -> ProblemType.BODY_TOO_LARGE.withoutDetail();
            case 415 -> ProblemType.UNSUPPORTED_MEDIA_TYPE.withoutDetail();
            default -> status < 500 ? UnreadableMapper.body() : fault;
        };
    }
}
