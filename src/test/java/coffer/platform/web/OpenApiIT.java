package coffer.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Node;
import coffer.launch.Parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

class OpenApiIT {

    /** What clients of the old platform send; resources serve it by other paths. */
    private static final List<String> OLD =
            List.of(
                    "/enterprise/api/v2/backup get",
                    "/enterprise/api/v2/backup/{name} put",
                    "/enterprise/api/v2/backup/{name} get",
                    "/enterprise/api/v2/backup/{name} delete",
                    "/community/api/v2/backup get",
                    "/community/api/v2/backup/{name} put",
                    "/proxy/backup post",
                    "/proxy/heartbeat post",
                    "/proxy/inventory post",
                    "/proxy/credentials get",
                    "/isa/heartbeats/store post",
                    "/isa/inventory/store post",
                    "/api/machine/heartbeats/store post",
                    "/api/machine/inventories/store post",
                    "/api/machine/info get",
                    "/api/systems/info post",
                    "/backup post");

    private static final Set<String> VERBS = Set.of("get", "put", "post", "patch", "delete");

    private static JsonNode document;
    private static String log;

    @BeforeAll
    static void read_the_document() throws Exception {
        try (var node = Node.on(Parts.shared().instance("openapi"), "openapi");
                var http = HttpClient.newHttpClient()) {
            node.startAndAwait();
            var body =
                    http.send(
                                    HttpRequest.newBuilder(node.uri("/openapi?format=JSON"))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body();
            document = new ObjectMapper().readTree(body);
            log = node.log();
        }
    }

    @Test
    void the_server_finds_no_fault_in_the_document() {
        assertThat(log).doesNotContain("CWWKO1650E", "CWWKO1651W");
        assertThat(document.at("/info/title").asText()).isEqualTo("Coffer");
        assertThat(document.at("/components/securitySchemes/person/scheme").asText())
                .isEqualTo("bearer");
    }

    @Test
    void every_resource_and_every_call_of_the_replaced_platform_is_described() {
        assertThat(described()).containsAll(operations()).containsAll(OLD);
    }

    @Test
    void every_operation_says_what_it_takes_and_answers_with_examples() {
        var faults = new ArrayList<String>();

        for (var words : described()) {
            var path = words.split(" ")[0];
            new OperationFaults(
                            words,
                            document.path("paths").path(path).path(words.split(" ")[1]),
                            OLD.contains(words))
                    .addTo(faults);
        }

        assertThat(faults).isEmpty();
    }

    @Test
    void no_two_operations_have_one_id() {
        var ids = document.path("paths").findValuesAsText("operationId");

        assertThat(ids).hasSize(described().size()).doesNotHaveDuplicates();
    }

    /** Every operation of the document as {@code /api/path get}. */
    private static List<String> described() {
        var described = new ArrayList<String>();
        document.path("paths")
                .properties()
                .forEach(path ->
                        path.getValue().properties().stream()
                                .map(Map.Entry::getKey)
                                .filter(VERBS::contains)
                                .forEach(verb -> described.add(path.getKey() + " " + verb)));
        return described;
    }

    /** Every JAX-RS operation as {@code /api/path get}. */
    private static List<String> operations() {
        var operations = new ArrayList<String>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("coffer")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(type -> type.reflect())
                        .forEach(type ->
                                Arrays.stream(type.getMethods())
                                        .filter(method ->
                                                !verb(method).isEmpty() && !hidden(method))
                                        .map(method -> path(type, method) + " " + verb(method))
                                        .forEach(operations::add));
        return operations;
    }

    /** Described by hand, under the paths of {@link #OLD}. */
    private static boolean hidden(Method method) {
        var operation = method.getAnnotation(Operation.class);
        return operation != null && operation.hidden();
    }

    private static String path(Class<?> type, Method method) {
        var own = method.getAnnotation(Path.class);
        var whole =
                "/api/"
                        + type.getAnnotation(Path.class).value()
                        + (own == null ? "" : "/" + own.value());
        return whole.replaceAll(":[^{}]*(\\{[^{}]*}[^{}]*)*}", "}");
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(verb -> verb.value().toLowerCase(Locale.ROOT))
                .findFirst()
                .orElse("");
    }
}
