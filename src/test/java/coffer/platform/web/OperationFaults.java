package coffer.platform.web;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a reader of the OpenAPI document misses of one operation.
 *
 * @param name for the report, {@code /api/path get}
 * @param operation as the document has it
 * @param old one of the replaced platform, whose refusals have bodies of their own
 */
record OperationFaults(String name, JsonNode operation, boolean old) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    void addTo(List<String> faults) {
        for (var needed : List.of("summary", "operationId")) {
            if (operation.path(needed).asText().isBlank()) {
                faults.add(name + ": no " + needed);
            }
        }
        if (operation.path("tags").isEmpty()) {
            faults.add(name + ": no tag");
        }
        parameters(faults);
        operation
                .path("requestBody")
                .path("content")
                .properties()
                .forEach(type -> body(faults, "request", type));
        responses(faults);
    }

    private void parameters(List<String> faults) {
        var parameters = operation.path("parameters");
        var names = parameters.findValuesAsText("name");
        PLACE.matcher(name)
                .results()
                .map(MatchResult::group)
                .forEach(place -> {
                    if (!names.contains(place.substring(1, place.length() - 1))) {
                        faults.add(name + ": no parameter " + place);
                    }
                });
        for (var parameter : parameters) {
            if (!parameter.has("description")
                    && !parameter.has("example")
                    && !parameter.has("examples")) {
                faults.add(name + ": nothing said of " + parameter.path("name").asText());
            }
        }
    }

    private void responses(List<String> faults) {
        var good = false;
        for (var response : operation.path("responses").properties()) {
            var status = response.getKey();
            good |= status.startsWith("2");
            if (response.getValue().path("description").asText().isBlank()) {
                faults.add(name + ": nothing said of " + status);
            }
            var content = response.getValue().path("content");
            var mayBeEmpty = status.matches("204|304") || (old && !status.startsWith("2"));
            if (content.isEmpty() && !mayBeEmpty) {
                faults.add(name + ": no body of " + status);
            }
            content.properties().forEach(type -> body(faults, status, type));
        }
        if (!good) {
            faults.add(name + ": no success");
        }
    }

    private void body(List<String> faults, String where, Map.Entry<String, JsonNode> type) {
        var bytes = type.getValue().at("/schema/format").asText().equals("binary");
        if (!bytes && !type.getValue().has("example") && !type.getValue().has("examples")) {
            faults.add(name + ": no example of " + where + " " + type.getKey());
        }
    }
}
