package coffer.launch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an appliance does over HTTP: Basic credentials sent pre-emptively, raw bodies with their
 * length.
 */
public final class ApplianceClient {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final URI server;
    private final @Nullable String authorization;
    private final String base;

    private ApplianceClient(URI server, @Nullable String authorization, String base) {
        this.server = server;
        this.authorization = authorization;
        this.base = base;
    }

    /** A client of the node at {@code server} that is {@code system}. */
    public static ApplianceClient of(URI server, Seed.Firewall system) {
        return new ApplianceClient(server, system.authorization(), "/api");
    }

    /** The same client with another {@code Authorization} header, or none. */
    public ApplianceClient withAuthorization(@Nullable String header) {
        return new ApplianceClient(server, header, base);
    }

    /** The same client below another base path, such as {@code /collect/api}. */
    public ApplianceClient below(String newBase) {
        return new ApplianceClient(server, authorization, newBase);
    }

    /** An answer, whole in memory. */
    public record Answer(int status, HttpResponse<byte[]> raw) {

        /** The body as it came. */
        public byte[] bytes() {
            return raw.body();
        }

        /** The body as text. */
        public String text() {
            return new String(raw.body(), StandardCharsets.UTF_8);
        }

        /** The body as JSON. */
        public JsonNode json() {
            return parse(text());
        }

        /** The envelope's message. */
        public String message() {
            return json().path("message").asText();
        }

        /** The envelope's data. */
        public JsonNode data() {
            return json().path("data");
        }

        /** A header's first value, or the empty text. */
        public String header(String name) {
            return raw.headers().firstValue(name).orElse("");
        }

        /** The id that an upload answered. */
        public String id() {
            return data().path("id").asText();
        }

        @Override
        public String toString() {
            return status + " " + (bytes().length > 2_000 ? bytes().length + " bytes" : text());
        }
    }

    /** Reads JSON; an exception shows what was no JSON. */
    public static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON: " + text, e);
        }
    }

    /** Uploads {@code body} under a file name, with further headers as name, value, name, value. */
    public Answer upload(byte[] body, String filename, String... headers) {
        var all = new ArrayList<>(List.of("X-Filename", filename));
        all.addAll(List.of(headers));
        return send(
                "POST",
                "/systems/backups",
                HttpRequest.BodyPublishers.ofByteArray(body),
                all.toArray(String[]::new));
    }

    /** The answer to the list. */
    public Answer list() {
        return send("GET", "/systems/backups", HttpRequest.BodyPublishers.noBody());
    }

    /** The listed ids, newest first; anything but 200 is an exception. */
    public List<String> ids() {
        var answer = list();
        if (answer.status() != 200) {
            throw new IllegalStateException("the list answered " + answer);
        }
        var ids = new ArrayList<String>();
        answer.data().path("backups").forEach(backup -> ids.add(backup.path("id").asText()));
        return ids;
    }

    /** A backup's bytes. */
    public Answer download(String id, String... headers) {
        return send("GET", "/systems/backups/" + id, HttpRequest.BodyPublishers.noBody(), headers);
    }

    /** Deletes a backup. */
    public Answer delete(String id) {
        return send("DELETE", "/systems/backups/" + id, HttpRequest.BodyPublishers.noBody());
    }

    /** Any call below the base path. */
    public Answer send(
            String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create(server + base + path))
                        .timeout(PATIENCE)
                        .method(method, body);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
