package coffer.launch;

import com.nimbusds.jose.util.JSONObjectUtils;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls the API as one person, with a token, an API key or nothing. */
public final class PersonClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI node;
    private final Map<String, String> headers;

    private PersonClient(URI node, Map<String, String> headers) {
        this.node = node;
        this.headers = headers;
    }

    /** An answer with its envelope. */
    public record Answer(int status, String body, Map<String, List<String>> headers) {

        /** The envelope; an answer that is no JSON object fails the test. */
        public Map<String, Object> json() {
            try {
                return JSONObjectUtils.parse(body);
            } catch (ParseException noObject) {
                throw new IllegalStateException(status + " " + body, noObject);
            }
        }

        /** What stands at a path in the envelope, or null. */
        public @Nullable Object at(String... path) {
            Object here = json();
            for (var name : path) {
                here = here instanceof Map<?, ?> map ? map.get(name) : null;
            }
            return here;
        }

        /** As {@link #at}, a text. */
        public String text(String... path) {
            return String.valueOf(at(path));
        }

        /** The envelope's message. */
        public String message() {
            return text("message");
        }

        /** A header's first value. */
        public Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(header -> header.getValue().getFirst())
                    .findFirst();
        }
    }

    /** Nobody. */
    public static PersonClient anonymous(Node node) {
        return new PersonClient(node.uri(), Map.of());
    }

    /** The bearer of an access token. */
    public static PersonClient bearer(Node node, String token) {
        return new PersonClient(node.uri(), Map.of("Authorization", "Bearer " + token));
    }

    /** The holder of an API key. */
    public static PersonClient key(Node node, String key) {
        return new PersonClient(node.uri(), Map.of("X-Api-Key", key));
    }

    /** Anything in the header {@code Authorization}. */
    public static PersonClient authorization(Node node, String header) {
        return new PersonClient(node.uri(), Map.of("Authorization", header));
    }

    /** Signs in; a refusal fails the test. */
    public static PersonClient signIn(Node node, String username, String password) {
        return bearer(node, login(node, username, password).text("data", "token"));
    }

    /** Signs in at an address. */
    public static PersonClient signIn(URI node, String username, String password) {
        var answer = login(new PersonClient(node, Map.of()), username, password);
        if (answer.status() != 200) {
            throw new IllegalStateException("the sign-in answered " + answer);
        }
        var token = answer.text("data", "token");
        return new PersonClient(node, Map.of("Authorization", "Bearer " + token));
    }

    /** The answer to a sign-in. */
    public static Answer login(Node node, String username, String password) {
        return login(anonymous(node), username, password);
    }

    private static Answer login(PersonClient nobody, String username, String password) {
        return nobody.post(
                "/api/auth/login",
                JSONObjectUtils.toJSONString(Map.of("username", username, "password", password)));
    }

    /** The same person on another node. */
    public PersonClient on(Node other) {
        return new PersonClient(other.uri(), headers);
    }

    /** GET. */
    public Answer get(String path) {
        return send("GET", path, null);
    }

    /** POST of JSON. */
    public Answer post(String path, String json) {
        return send("POST", path, json);
    }

    /** PUT of JSON. */
    public Answer put(String path, String json) {
        return send("PUT", path, json);
    }

    /** DELETE. */
    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** Anything; a body is JSON. */
    public Answer send(String method, String path, @Nullable String json) {
        var request =
                HttpRequest.newBuilder(URI.create(node + path))
                        .timeout(PATIENCE)
                        .method(
                                method,
                                json == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(json));
        headers.forEach(request::header);
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer.headers().map());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
