package coffer.matrix;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/**
 * A verb on a path, as the resources declare them.
 *
 * @param path with its parameters as {@code {name}}
 */
record Endpoint(String verb, String path) implements Comparable<Endpoint> {

    /** Every JAX-RS method of the build. */
    static Set<Endpoint> all() {
        var endpoints = new TreeSet<Endpoint>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("coffer")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .map(type -> type.reflect())
                        .forEach(type ->
                                Arrays.stream(type.getMethods())
                                        .filter(method -> !verb(method).isEmpty())
                                        .map(method ->
                                                new Endpoint(verb(method), path(type, method)))
                                        .forEach(endpoints::add));
        return endpoints;
    }

    /** Changes nothing. */
    boolean safe() {
        return verb.equals("GET");
    }

    private static String path(Class<?> type, Method method) {
        var own = method.getAnnotation(Path.class);
        var whole =
                "/api/"
                        + type.getAnnotation(Path.class).value()
                        + (own == null ? "" : "/" + own.value());
        return whole.replaceAll("\\{\\s*(\\w+)\\s*:[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}", "{$1}")
                .replaceAll("/{2,}", "/")
                .replaceAll("/$", "");
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(verb -> verb != null)
                .map(HttpMethod::value)
                .findFirst()
                .orElse("");
    }

    @Override
    public int compareTo(Endpoint other) {
        var byPath = path.compareTo(other.path);
        return byPath == 0 ? verb.compareTo(other.verb) : byPath;
    }

    @Override
    public String toString() {
        return verb + " " + path;
    }
}
