package coffer.platform.web;

import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** As {@link UnreadableMapper}, where the container lets the parser's own word through. */
@Provider
public class JsonFaultMapper implements ExceptionMapper<JsonbException> {

    @Override
    public Response toResponse(JsonbException fault) {
        return ProblemMapper.answer(UnreadableMapper.body());
    }
}
