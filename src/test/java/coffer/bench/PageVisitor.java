package coffer.bench;

import coffer.launch.Node;

import java.io.IOException;
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

/** Signs in through the sign-in page, keeps the cookie and reads pages to their last byte. */
final class PageVisitor {

    private static final String SIGN_IN = "/ui/sign-in.xhtml";
    private static final String COOKIE = "__Host-coffer=";
    private static final Pattern HIDDEN = Pattern.compile("<input[^>]*type=\"hidden\"[^>]*>");
    private static final Pattern FORM =
            Pattern.compile("<form id=\"in\".*?</form>", Pattern.DOTALL);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI node;
    private final String cookie;

    private PageVisitor(URI node, String username, String password)
            throws IOException, InterruptedException {
        this.node = node;
        this.cookie = enter(username, password);
    }

    static PageVisitor signIn(Node node, String username, String password)
            throws IOException, InterruptedException {
        return new PageVisitor(node.uri(), username, password);
    }

    private String enter(String username, String password)
            throws IOException, InterruptedException {
        var page = http.send(request(SIGN_IN).build(), BodyHandlers.ofString()).body();
        var form = FORM.matcher(page);
        if (!form.find()) {
            throw new IllegalStateException("no form to sign in by: " + page);
        }
        var fields = new LinkedHashMap<String, String>();
        HIDDEN.matcher(form.group())
                .results()
                .forEach(field ->
                        fields.put(
                                attribute(field.group(), "name"),
                                attribute(field.group(), "value")));
        fields.putAll(Map.of("username", username, "password", password, "enter", "x"));
        var body =
                fields.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"));
        var answer =
                http.send(
                        request(SIGN_IN)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Sec-Fetch-Site", "same-origin")
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString());
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(one -> one.startsWith(COOKIE))
                .map(one -> one.substring(0, one.indexOf(';')))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not let in: " + answer.statusCode()));
    }

    private static String attribute(String tag, String name) {
        var found = Pattern.compile(name + "=\"([^\"]*)\"").matcher(tag);
        return found.find() ? found.group(1).replace("&amp;", "&").replace("&#x2F;", "/") : "";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(node + path)).timeout(Duration.ofSeconds(60));
    }

    /** A page as it came. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                request(path).header("Cookie", cookie).header("Accept-Language", "en").build(),
                BodyHandlers.ofString());
    }

    /** Reads a page; one that is cut short, or is the page of a fault, is no answer. */
    int status(String path) throws IOException, InterruptedException {
        var answer = get(path);
        if (answer.statusCode() == 200 && !answer.body().stripTrailing().endsWith("</html>")) {
            throw new IllegalStateException("cut short: " + path);
        }
        return answer.statusCode();
    }
}
