package coffer.platform.web;

import coffer.platform.ProblemType;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Completes the OpenAPI document: shows the body of every refusal whose text an operation names in
 * back quotes, and says what the parameters that come everywhere mean. So a text of the document
 * that no longer is one of ours has no example, and {@code OpenApiIT} finds it.
 */
public final class ProblemExamples implements OASFilter {

    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    private static final Map<String, String> PARAMETERS =
            Map.ofEntries(
                    Map.entry("Range", "`bytes=from-to`"),
                    Map.entry("If-Range", "The ETag that the range is meant of"),
                    Map.entry("If-None-Match", "ETags of copies that are there already"),
                    Map.entry("id", "Its id, lower case"),
                    Map.entry("backup_id", "The backup's id, `<uuid><extension>`"),
                    Map.entry("name", "Its name, as the list shows it"),
                    Map.entry("page", "From 1"),
                    Map.entry("page_size", "1 to 200; 50 if absent"),
                    Map.entry("cursor", "Of the answer before; instead of `page`"),
                    Map.entry("search", "Found anywhere in the names, whatever their case"),
                    Map.entry("sort", "A field, with a minus for downwards"),
                    Map.entry("type", "Only of this type"),
                    Map.entry("status", "Only in this status; `all` is everything"),
                    Map.entry("state", "`stored`, if absent, or `trashed`"),
                    Map.entry("role", "Only with this role"),
                    Map.entry("parent_id", "Only directly below this organization"),
                    Map.entry("organization_id", "Only of this organization"),
                    Map.entry("include_hierarchy", "`true`: of those below it, too"),
                    Map.entry("backup_state", "Only in this state"),
                    Map.entry("last_legacy_protocol", "Only those that last called so"),
                    Map.entry("days", "How far ahead"),
                    Map.entry("size_bytes", "Of each backup"),
                    Map.entry("uploads_per_day", "How many come"));

    @Override
    public Operation filterOperation(Operation operation) {
        var responses = operation.getResponses();
        if (responses != null && responses.getAPIResponses() != null) {
            responses.getAPIResponses().forEach(ProblemExamples::complete);
        }
        return operation;
    }

    @Override
    public Parameter filterParameter(Parameter parameter) {
        if (parameter.getDescription() == null && parameter.getName() != null) {
            parameter.setDescription(PARAMETERS.get(parameter.getName()));
        }
        return parameter;
    }

    private static void complete(String status, APIResponse response) {
        var description = response.getDescription();
        if (!status.matches("[45]\\d\\d") || response.getContent() != null || description == null) {
            return;
        }
        var problems = problems(Integer.parseInt(status), description);
        if (problems.isEmpty()) {
            return;
        }
        var body =
                OASFactory.createMediaType()
                        .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        problems.forEach(problem ->
                body.addExample(
                        problem.message(), OASFactory.createExample().value(example(problem))));
        response.setContent(OASFactory.createContent().addMediaType("application/json", body));
    }

    private static List<ProblemType> problems(int status, String description) {
        return QUOTED.matcher(description)
                .results()
                .flatMap(text ->
                        Arrays.stream(ProblemType.values())
                                .filter(problem ->
                                        problem.status() == status
                                                && problem.message().equals(text.group(1))))
                .toList();
    }

    private static Map<String, Object> example(ProblemType problem) {
        var data = new LinkedHashMap<String, Object>();
        data.put("type", problem.slug());
        if (problem.hint() != null) {
            data.put("hint", problem.hint());
        }
        var body = new LinkedHashMap<String, Object>();
        body.put("code", problem.status());
        body.put("message", problem.message());
        body.put("data", data);
        return body;
    }
}
