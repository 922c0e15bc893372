package coffer.ui;

import coffer.launch.People;
import coffer.launch.TestSite;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads and sends pages as a browser would, without one; keeps the cookie. */
public final class PageClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final Pattern HIDDEN =
            Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>", Pattern.CASE_INSENSITIVE);

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final @Nullable URI address;
    private String cookie = "";

    PageClient() {
        this(null);
    }

    private PageClient(@Nullable URI address) {
        this.address = address;
    }

    /** Of another node than the shared one. */
    static PageClient at(URI address) {
        return new PageClient(address);
    }

    PageClient with(String name, String value) {
        headers.put(name, value);
        return this;
    }

    PageClient cookie(String value) {
        cookie = value;
        return this;
    }

    String cookie() {
        return cookie;
    }

    /** Reads a page; follows nothing. */
    public HttpResponse<String> get(String path) {
        return send(request(path).GET().build());
    }

    HttpResponse<String> post(String path, Map<String, String> form) {
        var body =
                form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        return send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body))
                        .build());
    }

    /** Signs in by the form. */
    HttpResponse<String> signIn(String username, String password) {
        var form = hidden(get("/ui/sign-in.xhtml").body(), "in");
        form.put("username", username);
        form.put("password", password);
        form.put("enter", "x");
        with("Sec-Fetch-Site", "same-origin");
        return post("/ui/sign-in.xhtml", form);
    }

    /** Somebody who is signed in. */
    public static PageClient of(People.Account account) {
        var client = new PageClient();
        client.signIn(account.username(), People.PASSWORD);
        return client;
    }

    /** The hidden fields of a form, and the field that says it was sent. */
    static Map<String, String> hidden(String page, String form) {
        var begin = page.indexOf("<form id=\"" + form + "\"");
        var fields = new LinkedHashMap<String, String>();
        if (begin < 0) {
            throw new IllegalStateException("no form " + form + " in\n" + page);
        }
        var matcher = HIDDEN.matcher(page.substring(begin, page.indexOf("</form>", begin)));
        while (matcher.find()) {
            fields.put(attribute(matcher.group(), "name"), attribute(matcher.group(), "value"));
        }
        return fields;
    }

    private static String attribute(String tag, String name) {
        var matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(tag);
        return matcher.find() ? matcher.group(1).replace("&amp;", "&").replace("&#x2F;", "/") : "";
    }

    private HttpRequest.Builder request(String path) {
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        (address == null ? TestSite.shared().node().uri() : address)
                                                + path))
                        .timeout(Duration.ofSeconds(60));
        headers.forEach(request::header);
        if (!cookie.isEmpty()) {
            request.header("Cookie", "__Host-coffer=" + cookie);
        }
        return request;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            for (var set : answer.headers().allValues("Set-Cookie")) {
                if (set.startsWith("__Host-coffer=")) {
                    var value = set.substring("__Host-coffer=".length(), set.indexOf(';'));
                    cookie = value.replace("\"", "");
                }
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
