package coffer.people;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Wait;
import coffer.ui.Chromium;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.WebDriverException;

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
import java.util.UUID;

/** A sign-out goes on to the provider where the session began there, and only there. */
class ProviderSignOutIT {

    private static final String PAGE = "/ui/provider.xhtml";
    private static final String SIGNED_OUT = "/ui/signed-out.xhtml";
    private static final String ABOUT = "/ui/about.xhtml";
    private static final String SIGN_IN = "/ui/sign-in.xhtml";
    private static final String TICKET = "__Host-coffer-provider=";
    private static final String LEAVING = "__Host-coffer-leaving=";
    private static final String SESSION = "__Host-coffer=";

    private final PeopleServer server = PeopleServer.shared();
    private final String subject = UUID.randomUUID().toString();
    private People.Account account;
    private String session;
    private String idToken;

    @BeforeEach
    void come_from_the_provider() {
        account = server.account(server.owner(), "reader");
        server.person(server.owner(), "admin")
                .put(
                        "/api/users/" + account.id(),
                        "{\"identity\":{\"issuer\":\"%s\",\"subject\":\"%s\"}}"
                                .formatted(TestProvider.ISSUER, subject));
        var departure = get(PAGE, "");
        var request = TestProvider.fields(URI.create(to(departure)).getRawQuery());
        var claims = TestProvider.claims(subject).claim("nonce", request.get("nonce"));
        idToken = server.provider().sign(claims);
        var back =
                get(
                        PAGE
                                + "?state="
                                + request.get("state")
                                + "&code="
                                + server.provider().grant(request, claims),
                        TICKET + cookie(departure, TICKET));
        session = SESSION + cookie(back, SESSION);
    }

    @Test
    void a_sign_out_goes_to_the_provider_once_and_comes_back() {
        var end = signOut(session);
        var ticket = cookie(end, LEAVING);
        var between = get(SIGNED_OUT, LEAVING + ticket);
        var there = get(SIGNED_OUT + "?go=yes", LEAVING + ticket);
        var again = get(SIGNED_OUT + "?go=yes", LEAVING + ticket);
        var back = get(SIGNED_OUT + "?state=" + ticket, LEAVING + ticket);

        assertThat(to(end)).isEqualTo(SIGNED_OUT);
        assertThat(end.headers().allValues("Set-Cookie"))
                .anyMatch(line -> line.startsWith(SESSION + ";") && line.contains("Max-Age=0"))
                .anyMatch(line ->
                        line.startsWith(LEAVING)
                                && line.contains("HttpOnly")
                                && line.contains("Secure")
                                && line.contains("SameSite=Lax"));
        assertThat(to(get(ABOUT, session))).startsWith(SIGN_IN);
        assertThat(between.statusCode()).isEqualTo(200);
        assertThat(between.headers().firstValue("Refresh"))
                .hasValue("0; url=/ui/signed-out.xhtml?go=yes");
        assertThat(between.body()).contains("Example Offices").doesNotContain(idToken, ticket);
        assertThat(to(there)).startsWith(server.provider().endAddress() + "?");
        assertThat(TestProvider.fields(URI.create(to(there)).getRawQuery()))
                .containsEntry("id_token_hint", idToken)
                .containsEntry("client_id", TestProvider.AUDIENCE)
                .containsEntry("state", ticket)
                .hasEntrySatisfying(
                        "post_logout_redirect_uri", uri -> assertThat(uri).endsWith(SIGNED_OUT));
        assertThat(to(again)).isEqualTo(SIGN_IN + "?notice=signed-out");
        assertThat(to(back)).isEqualTo(SIGN_IN + "?notice=signed-out-there");
        assertThat(cookie(back, LEAVING)).isEmpty();
        assertThat(get(to(back), "").body())
                .contains("You are signed out, here and at the provider.");
    }

    /** With the policy for forms in force, and the page between going on by itself. */
    @Test
    void a_browser_is_signed_out_there_and_is_back_at_our_sign_in() {
        try (var browser = Chromium.start(server.node().uri())) {
            browser.open(SIGN_IN);
            browser.script("document.cookie = '" + session + "; path=/; secure'");
            browser.open(ABOUT);
            browser.script("document.getElementById('frame:leave').click()");

            Wait.until(
                    "the browser is back",
                    Duration.ofSeconds(120),
                    () -> isAt(browser, SIGN_IN + "?notice=signed-out-there"));
        }

        assertThat(to(get(ABOUT, session))).startsWith(SIGN_IN);
        assertThat(kept("")).isZero();
    }

    /** False, too, where the page goes away under the question. */
    private static boolean isAt(Chromium browser, String address) {
        try {
            return address.equals(browser.script("return location.pathname + location.search"));
        } catch (WebDriverException leaving) {
            return false;
        }
    }

    @Test
    void a_session_that_began_with_a_password_ends_here_alone() {
        var page = get(SIGN_IN, "");
        var form =
                PageForm.of(page.body(), "in", "enter")
                        + "&username="
                        + account.username()
                        + "&password="
                        + encoded(People.PASSWORD);
        var entered = post(SIGN_IN, form, "");

        var end = signOut(SESSION + cookie(entered, SESSION));

        assertThat(to(entered)).isEqualTo("/ui/overview.xhtml");
        assertThat(to(end)).isEqualTo(SIGN_IN + "?notice=signed-out");
        assertThat(cookie(end, LEAVING)).isEmpty();
    }

    @Test
    void a_sign_out_that_is_sent_twice_leads_the_same_way_twice() {
        var form = PageForm.of(get(ABOUT, session).body(), "frame", "frame:leave");

        var first = post(ABOUT, form, session);
        var second = post(ABOUT, form, session);

        assertThat(to(first)).isEqualTo(SIGNED_OUT);
        assertThat(to(second)).isEqualTo(SIGNED_OUT);
        assertThat(cookie(second, LEAVING)).isEmpty();
        assertThat(to(get(SIGNED_OUT + "?go=yes", LEAVING + cookie(first, LEAVING))))
                .contains("id_token_hint=");
    }

    @Test
    void a_ticket_that_is_no_ones_or_late_leads_to_the_sign_in() {
        var ticket = cookie(signOut(session), LEAVING);
        server.sql(
                "update provider_session set left_at = left_at - interval '3 minutes' where"
                        + " session_id in (select id from person_session where account_id = '"
                        + account.id()
                        + "')");

        var late = get(SIGNED_OUT + "?go=yes", LEAVING + ticket);
        var guessed = get(SIGNED_OUT + "?go=yes", LEAVING + "guessed");
        var forged = get(SIGNED_OUT + "?state=another", LEAVING + ticket);
        var nobody = get(SIGNED_OUT + "?state=" + ticket + "&go=yes", "");

        assertThat(to(late)).isEqualTo(SIGN_IN + "?notice=signed-out");
        assertThat(to(guessed)).isEqualTo(SIGN_IN + "?notice=signed-out");
        assertThat(to(forged)).isEqualTo(SIGN_IN + "?notice=signed-out");
        assertThat(to(nobody)).isEqualTo(SIGN_IN + "?notice=signed-out");
    }

    @Test
    void an_address_that_somebody_was_sent_signs_nobody_out() {
        var answer = get(SIGNED_OUT + "?go=yes&state=x", session + "; " + LEAVING + "x");

        assertThat(to(answer)).isEqualTo("/ui/overview.xhtml");
        assertThat(get(ABOUT, session).statusCode()).isEqualTo(200);
    }

    /** It leaves in an address; who finds it in a log or a history gets nowhere by it. */
    @Test
    void the_id_token_is_sealed_in_the_catalogue_and_opens_nothing() {
        var answer =
                PersonClient.anonymous(server.node())
                        .post("/api/auth/oidc", "{\"id_token\": \"" + idToken + "\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(401);
        assertThat(kept("")).isOne();
        assertThat(kept(" and position(convert_to('eyJ', 'UTF8') in p.id_token) > 0")).isZero();
    }

    @Test
    void what_is_kept_goes_once_it_was_used_and_with_its_session() {
        var ticket = cookie(signOut(session), LEAVING);
        var leaving = kept("");
        get(SIGNED_OUT + "?go=yes", LEAVING + ticket);

        assertThat(leaving).isOne();
        assertThat(kept("")).isZero();
    }

    private long kept(String and) {
        return server.with(connection -> {
            try (var query =
                    connection.prepareStatement(
                            "select count(*) from provider_session p join person_session s"
                                    + " on s.id = p.session_id where s.account_id = ?"
                                    + and)) {
                query.setObject(1, account.id());
                var rows = query.executeQuery();
                rows.next();
                return rows.getLong(1);
            }
        });
    }

    private HttpResponse<String> signOut(String cookie) {
        var page = get(ABOUT, cookie).body();
        return post(ABOUT, PageForm.of(page, "frame", "frame:leave"), cookie);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
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
        return send(HttpRequest.newBuilder(URI.create(server.node().uri() + path)), cookie);
    }

    private HttpResponse<String> post(String path, String form, String cookie) {
        return send(
                HttpRequest.newBuilder(URI.create(server.node().uri() + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Sec-Fetch-Site", "same-origin")
                        .POST(BodyPublishers.ofString(form)),
                cookie);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request, String cookie) {
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    request.header("Accept-Language", "en").build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
