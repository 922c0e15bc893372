package coffer.platform.web;

import coffer.platform.ProblemType;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Bean Validation's findings as {@code errors: [{key, message, value}]}, in a stable order. */
@Provider
public class ValidationMapper implements ExceptionMapper<ConstraintViolationException> {

    private static final int MOST_SHOWN = 200;

    @Override
    public Response toResponse(ConstraintViolationException fault) {
        var errors =
                fault.getConstraintViolations().stream()
                        .map(ValidationMapper::error)
                        .sorted(
                                Comparator.<Map<String, String>, String>comparing(
                                                error -> error.getOrDefault("key", ""))
                                        .thenComparing(error -> error.getOrDefault("message", "")))
                        .toList();
        return ProblemMapper.answer(
                ProblemType.VALIDATION.with(Map.of("errors", List.copyOf(errors))));
    }

    private static Map<String, String> error(ConstraintViolation<?> violation) {
        var key = key(violation.getPropertyPath());
        return Map.of(
                "key", key,
                "message", violation.getMessage(),
                "value", shown(key, violation.getInvalidValue()));
    }

    /** The last property's name as the wire spells it. */
    private static String key(Path path) {
        var name = "body";
        for (var node : path) {
            name = node.getName() == null ? name : node.getName();
        }
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** Plain values only, cut short; never that of a secret. */
    static String shown(String key, @Nullable Object value) {
        if (key.contains("secret") || key.contains("password") || key.contains("token")) {
            return value == null ? "" : "****";
        }
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
            var text = value.toString();
            return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN);
        }
        return "";
    }
}
