package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;

import com.nimbusds.jwt.JWTClaimsSet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.UUID;

/** The authorization code flow of the pages, whose provider is this test; Keycloak is heavy. */
class ProviderPageIT {

    private static final String PAGE = "/ui/provider.xhtml";
    private static final String TICKET = "__Host-coffer-provider=";
    private static final String SESSION = "__Host-coffer=";

    private final PeopleServer server = PeopleServer.shared();
    private final String subject = UUID.randomUUID().toString();
    private People.Account account;
    private HttpResponse<String> departure;
    private Map<String, String> request;

    @BeforeEach
    void leave() {
        account = server.account(server.owner(), "reader");
        var linked =
                server.person(server.owner(), "admin")
                        .put(
                                "/api/users/" + account.id(),
                                "{\"identity\":{\"issuer\":\"%s\",\"subject\":\"%s\"}}"
                                        .formatted(TestProvider.ISSUER, subject));
        assertThat(linked.status()).as(linked.body()).isEqualTo(200);
        departure = get(PAGE + "?next=%2Fui%2Fpassword.xhtml", "");
        request = TestProvider.fields(URI.create(to(departure)).getRawQuery());
    }

    @AfterEach
    void answer() {
        server.provider().away(false);
    }

    @Test
    void the_sign_in_page_offers_the_provider_and_keeps_where_one_wanted_to_go() {
        var page = get("/ui/sign-in.xhtml?next=%2Fui%2Fpassword.xhtml", "").body();

        assertThat(page)
                .contains(
                        "Sign in with Example Offices",
                        "href=\"/ui/provider.xhtml?next=%2Fui%2Fpassword.xhtml\"");
    }

    @Test
    void a_browser_leaves_with_a_state_a_nonce_and_a_challenge_of_its_own() {
        var another = TestProvider.fields(URI.create(to(get(PAGE, ""))).getRawQuery());

        assertThat(departure.statusCode()).isEqualTo(302);
        assertThat(to(departure)).startsWith(TestProvider.AUTHORIZATION + "?");
        assertThat(request)
                .containsEntry("response_type", "code")
                .containsEntry("scope", "openid")
                .containsEntry("client_id", TestProvider.AUDIENCE)
                .containsEntry("code_challenge_method", "S256")
                .containsKeys("state", "nonce", "code_challenge");
        assertThat(request.get("redirect_uri")).endsWith(PAGE);
        assertThat(cookie(departure, TICKET)).hasSizeGreaterThan(130);
        assertThat(departure.headers().firstValue("Set-Cookie").orElse(""))
                .contains("HttpOnly", "Secure", "SameSite=Lax", "Max-Age=600");
        for (var once : new String[] {"state", "nonce", "code_challenge"}) {
            assertThat(another.get(once)).isNotEqualTo(request.get(once));
        }
    }

    @Test
    void whoever_comes_back_is_signed_in_and_where_he_wanted_to_be() {
        var back = comeBack(request.get("state"), code(nonce()), ticket());

        assertThat(back.statusCode()).isEqualTo(302);
        assertThat(to(back)).isEqualTo("/ui/password.xhtml");
        assertThat(cookie(back, TICKET)).isEmpty();
        var page = get("/ui/password.xhtml", SESSION + cookie(back, SESSION));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains(account.username());
    }

    @Test
    void a_code_that_another_browser_began_with_signs_nobody_in() {
        assertRefused(comeBack(request.get("state"), code(nonce()), ""));
        assertRefused(comeBack("another", code(nonce()), ticket()));
        var other = get(PAGE, "");
        assertRefused(comeBack(request.get("state"), code(nonce()), cookie(other, TICKET)));
    }

    @Test
    void a_proof_of_another_departure_is_refused_by_the_provider() {
        var other = get(PAGE, "");
        var state = TestProvider.fields(URI.create(to(other)).getRawQuery()).get("state");

        assertRefused(comeBack(state, code(nonce()), cookie(other, TICKET)));
    }

    @Test
    void a_code_works_once() {
        var code = code(nonce());
        var first = comeBack(request.get("state"), code, ticket());

        assertThat(cookie(first, SESSION)).isNotEmpty();
        assertRefused(comeBack(request.get("state"), code, ticket()));
    }

    @Test
    void an_id_token_for_another_departure_is_refused() {
        var other = TestProvider.claims(subject).claim("nonce", "another");

        assertRefused(comeBack(request.get("state"), code(other), ticket()));
        assertRefused(comeBack(request.get("state"), code(TestProvider.claims(subject)), ticket()));
    }

    @Test
    void nobody_that_no_administrator_linked_gets_in() {
        var stranger =
                TestProvider.claims(UUID.randomUUID().toString())
                        .claim("nonce", request.get("nonce"));

        assertRefused(comeBack(request.get("state"), code(stranger), ticket()));
    }

    @Test
    void whoever_says_no_at_the_provider_is_back_at_the_sign_in() {
        var back =
                get(PAGE + "?error=access_denied&state=" + request.get("state"), TICKET + ticket());

        assertRefused(back);
        assertThat(get(to(back), "").body())
                .contains("The provider signed nobody in here", "id=\"username\"");
    }

    @Test
    void a_provider_that_is_away_leaves_the_password() {
        server.provider().away(true);

        var back = comeBack(request.get("state"), code(nonce()), ticket());

        assertThat(to(back))
                .isEqualTo("/ui/sign-in.xhtml?failure=provider-away&next=%2Fui%2Fpassword.xhtml");
        assertThat(get(to(back), "").body()).contains("The provider does not answer");
    }

    @Test
    void nobody_is_sent_to_another_host_afterwards() {
        for (var next : new String[] {"https%3A%2F%2Fevil.example", "%2F%2Fevil.example"}) {
            departure = get(PAGE + "?next=" + next, "");
            request = TestProvider.fields(URI.create(to(departure)).getRawQuery());

            var back = comeBack(request.get("state"), code(nonce()), ticket());

            assertThat(to(back)).isEqualTo("/ui/overview.xhtml");
        }
        var forged = ticket().replaceAll("\\|.*", "|aHR0cHM6Ly9ldmlsLmV4YW1wbGU");
        var back = comeBack(request.get("state"), code(nonce()), forged);
        assertThat(to(back)).isEqualTo("/ui/overview.xhtml");
    }

    private JWTClaimsSet.Builder nonce() {
        return TestProvider.claims(subject).claim("nonce", request.get("nonce"));
    }

    private String code(JWTClaimsSet.Builder claims) {
        return server.provider().grant(request, claims);
    }

    private String ticket() {
        return cookie(departure, TICKET);
    }

    private HttpResponse<String> comeBack(String state, String code, String ticket) {
        return get(PAGE + "?state=" + state + "&code=" + code, TICKET + ticket);
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(to(answer)).startsWith("/ui/sign-in.xhtml?failure=provider-refused");
        assertThat(cookie(answer, SESSION)).isEmpty();
    }

    private static String to(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("");
    }

    /** The value that an answer gives a cookie, or the empty text. */
    private static String cookie(HttpResponse<String> answer, String name) {
        return answer.headers().allValues("Set-Cookie").stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).split(";", 2)[0])
                .findFirst()
                .orElse("");
    }

    private HttpResponse<String> get(String path, String cookie) {
        var request =
                HttpRequest.newBuilder(URI.create(server.node().uri() + path))
                        .header("Accept-Language", "en");
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.GET().build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
