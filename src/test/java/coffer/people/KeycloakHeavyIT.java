package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Instance;
import coffer.launch.Node;
import coffer.launch.Parts;
import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.PersonClient.Answer;
import coffer.launch.Seed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Base64;

/** People of a real provider: Keycloak, its sign-in page, its tokens, its keys and their ends. */
class KeycloakHeavyIT {

    private static final String PASSWORD = "a password at the provider";

    private static final String REALM =
            """
            {"realm": "offices", "enabled": true, "sslRequired": "none",
             "clients": [%s, %s], "users": [%s, %s]}\
            """
                    .formatted(client("coffer"), client("another"), user("anna"), user("stranger"));

    @TempDir private static Path folder;

    private static KeycloakServer provider;
    private static Instance instance;
    private static Node node;
    private static People.Account anna;

    @BeforeAll
    static void start() throws Exception {
        provider = KeycloakServer.start(REALM, folder.resolve("keycloak.log"));
        instance = Parts.shared().instance("keycloak");
        node =
                Node.on(instance, "keycloak")
                        .with("coffer.oidc.issuer", provider.says("issuer"))
                        .with("coffer.oidc.audience", "coffer")
                        .with("coffer.oidc.jwks-url", provider.says("jwks_uri"))
                        .with(
                                "coffer.oidc.authorization-url",
                                provider.says("authorization_endpoint"))
                        .with("coffer.oidc.token-url", provider.says("token_endpoint"))
                        .with("coffer.oidc.end-session-url", provider.says("end_session_endpoint"))
                        .with("coffer.http.public-url", "http://localhost:9080")
                        .startAndAwait();
        try (var connection = instance.connect()) {
            var pepper = instance.settings().get("coffer.keys.pepper.k1");
            var owner = new Seed(connection, "k1", pepper).owner("Owner");
            var people = new People(connection, pepper);
            anna = people.account(owner, "anna", "reader");
            var admin = people.account(owner, "boss", "admin");
            var linked =
                    PersonClient.signIn(node, admin.username(), People.PASSWORD)
                            .put(
                                    "/api/users/" + anna.id(),
                                    "{\"identity\": {\"issuer\": \"%s\", \"subject\": \"%s\"}}"
                                            .formatted(
                                                    provider.says("issuer"),
                                                    subject(idToken("coffer", "anna"))));
            assertThat(linked.status()).as(linked.body()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stop() {
        if (node != null) {
            node.close();
        }
        if (provider != null) {
            provider.close();
        }
    }

    @Test
    void whoever_signs_in_at_the_provider_has_a_session_here_with_our_roles() {
        var answer = exchange(idToken("coffer", "anna"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        var me = PersonClient.bearer(node, answer.text("data", "token")).get("/api/me");
        assertThat(me.text("data", "user", "id")).isEqualTo(anna.id().toString());
        assertThat(me.body()).contains("\"roles\":[\"reader\"]");
    }

    @Test
    void a_browser_goes_through_the_page_of_the_provider_and_is_in() throws Exception {
        var back = thereAndBack("/ui/provider.xhtml?next=%2Fui%2Fpassword.xhtml", "anna");

        assertThat(to(back)).isEqualTo("/ui/password.xhtml");
        var page = open(to(back), cookie(back, "__Host-coffer"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(anna.username());
    }

    /** The provider ends the session that the ID token names, asks nothing, and sends back. */
    @Test
    void a_browser_that_signs_out_has_no_session_at_the_provider_either() throws Exception {
        var back = thereAndBack("/ui/provider.xhtml", "anna");
        var session = cookie(back, "__Host-coffer");
        var page = open("/ui/about.xhtml", session).body();
        var end = submit("/ui/about.xhtml", page, "frame", "frame:leave", session);
        var leaving = cookie(end, "__Host-coffer-leaving");
        var there = open("/ui/signed-out.xhtml?go=yes", leaving);
        var claims = claims(to(there).replaceFirst(".*id_token_hint=([^&]*).*", "$1"));
        var before = provider.sessions(claims.path("sub").asText());

        var home = provider.leave(to(there));
        var told = open(home.replaceFirst("http://localhost:9080", ""), leaving);

        assertThat(before).contains(claims.path("sid").asText());
        assertThat(provider.sessions(claims.path("sub").asText()))
                .doesNotContain(claims.path("sid").asText());
        assertThat(home).startsWith("http://localhost:9080/ui/signed-out.xhtml?state=");
        assertThat(to(told)).isEqualTo("/ui/sign-in.xhtml?notice=signed-out-there");
        assertThat(to(open("/ui/about.xhtml", session))).startsWith("/ui/sign-in.xhtml");
    }

    @Test
    void whoever_the_provider_knows_and_nobody_linked_is_told_so() throws Exception {
        var back = thereAndBack("/ui/provider.xhtml", "stranger");

        assertThat(to(back)).isEqualTo("/ui/sign-in.xhtml?failure=provider-refused");
    }

    /** What our page says to a browser that comes back from theirs. */
    private static HttpResponse<String> thereAndBack(String path, String username)
            throws Exception {
        var departure = open(path, "");
        var location = provider.enter(to(departure), username, PASSWORD);
        return open(
                location.replaceFirst("http://localhost:9080", ""),
                cookie(departure, "__Host-coffer-provider"));
    }

    private static HttpResponse<String> open(String path, String cookie) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(node.uri() + path));
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    /** Sends a form of a page with its hidden fields, by this button. */
    private static HttpResponse<String> submit(
            String path, String page, String form, String button, String cookie) throws Exception {
        var request =
                HttpRequest.newBuilder(URI.create(node.uri() + path))
                        .header("Cookie", cookie)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(HttpRequest.BodyPublishers.ofString(PageForm.of(page, form, button)));
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofString());
        }
    }

    private static String to(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith(name + "="))
                .map(line -> line.split(";", 2)[0])
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_session_from_the_provider_is_refreshed_without_it() {
        var session = exchange(idToken("coffer", "anna"));

        var next =
                PersonClient.anonymous(node)
                        .post(
                                "/api/auth/refresh",
                                "{\"refresh_token\": \""
                                        + session.text("data", "refresh_token")
                                        + "\"}");

        assertThat(next.status()).as(next.body()).isEqualTo(200);
    }

    @Test
    void a_token_for_another_client_or_of_somebody_unknown_is_refused() {
        assertRefused(exchange(idToken("another", "anna")));
        assertRefused(exchange(idToken("coffer", "stranger")));
    }

    @Test
    void an_access_token_of_the_provider_is_no_id_token_and_opens_nothing() {
        var access = provider.signIn("coffer", "anna", PASSWORD).path("access_token").asText();

        assertRefused(exchange(access));
        assertThat(PersonClient.bearer(node, access).get("/api/me").status()).isEqualTo(401);
        assertThat(PersonClient.bearer(node, idToken("coffer", "anna")).get("/api/me").status())
                .isEqualTo(401);
    }

    @Test
    void a_new_key_of_the_provider_is_taken_without_a_restart() {
        var before = header(idToken("coffer", "anna"));
        provider.replaceKey();

        var token = idToken("coffer", "anna");
        var answer = exchange(token);

        assertThat(header(token)).isNotEqualTo(before);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static String idToken(String client, String username) {
        return provider.signIn(client, username, PASSWORD).path("id_token").asText();
    }

    private static Answer exchange(String token) {
        return PersonClient.anonymous(node)
                .post("/api/auth/oidc", "{\"id_token\": \"" + token + "\"}");
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(answer.message()).isEqualTo("invalid token");
    }

    private static String header(String token) {
        return token.split("\\.", 2)[0];
    }

    private static String subject(String token) throws java.io.IOException {
        return claims(token).path("sub").asText();
    }

    private static JsonNode claims(String token) throws java.io.IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]));
    }

    private static String client(String id) {
        return """
        {"clientId": "%s", "enabled": true, "publicClient": true, "standardFlowEnabled": true,
         "protocol": "openid-connect", "redirectUris": ["http://127.0.0.1/signed-in", "http://localhost:9080/ui/provider.xhtml"],
         "attributes": {"pkce.code.challenge.method": "S256",
                        "post.logout.redirect.uris": "http://localhost:9080/ui/signed-out.xhtml"}}\
        """
                .formatted(id);
    }

    private static String user(String name) {
        return """
        {"username": "%1$s", "enabled": true, "email": "%1$s@example.org", "emailVerified": true,
         "firstName": "%1$s", "lastName": "Rossi",
         "credentials": [{"type": "password", "value": "%2$s", "temporary": false}]}\
        """
                .formatted(name, PASSWORD);
    }
}
