package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** A click after the session's end does nothing; the sign-in says why, and leads back. */
class EndedSessionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final String ABOUT = "/ui/about.xhtml";

    private static Chromium browser;
    private static TestSite site;
    private static PersonClient owner;

    private UUID organization;
    private People.Account person;
    private PageClient witness;

    @BeforeAll
    static void begin() {
        site = PageSite.site();
        var account = PageSite.account(PageSite.owner(), "super-admin");
        owner = PersonClient.signIn(site.node(), account.username(), People.PASSWORD);
        browser = Chromium.start();
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void somebody() {
        browser.forget();
        browser.look(1440, "light");
        browser.complaints();
        organization = PageSite.organization("customer", PageSite.owner(), "is sent away");
        person = PageSite.account(organization, "super-admin");
        witness = PageClient.of(person);
    }

    private void atTheDesk(String page) {
        browser.signIn(person.username(), People.PASSWORD);
        browser.open(page);
    }

    @Test
    void a_form_of_a_session_that_is_too_old_does_nothing_and_is_found_again() {
        var system = system("never held");
        atTheDesk("/ui/system.xhtml?do=hold&id=" + system.id());
        browser.type("#reason", "never placed");
        site.sql(
                "update person_session set expires_at = coffer_now() where account_id = '"
                        + person.id()
                        + "'");
        owner.put("/api/users/" + person.id(), "{\"name\": \"Known Anew\"}");
        awaitEnd("ended-age");

        browser.go("#go");
        var why = why();
        browser.picture("ended-1440-light");
        enter(People.PASSWORD);
        browser.awaitPath("/ui/system.xhtml");

        assertThat(why).contains("as long as a session may");
        assertThat(browser.see(".notice").getText()).contains("Nothing was changed");
        assertThat(browser.path()).contains(system.id().toString(), "do=hold");
        assertThat(PageSite.told("hold.set", system.id())).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    /** The page is found again behind the form for a password of their own. */
    @Test
    void a_click_after_somebody_else_set_the_password_does_nothing_and_is_found_again() {
        var system = system("never suspended");
        atTheDesk("/ui/system.xhtml?id=" + system.id());
        browser.click("#actions summary");
        browser.click("button[name=do-suspend]");
        browser.see("[data-yes]");
        var answer =
                owner.put("/api/users/" + person.id(), "{\"password\": \"set by somebody else\"}");
        awaitEnd("ended-password");

        browser.go("[data-yes]");
        var why = why();
        enter("set by somebody else");
        browser.awaitPath("/ui/password.xhtml?next-page=");
        browser.type("#current", "set by somebody else");
        browser.type("#next", "one of my very own");
        browser.type("#again", "one of my very own");
        browser.twice("#save");
        browser.awaitPath("/ui/system.xhtml?id=" + system.id());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(why).contains("password was changed or set anew");
        assertThat(browser.see(".notice").getText()).contains("Your password is changed");
        assertThat(PageSite.told("user.password_changed", person.id())).isOne();
        assertThat(PageSite.told("system.suspended", system.id())).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_list_whose_organization_was_suspended_comes_back_with_its_search_when_it_is_active() {
        system("found by a star");
        var list = "/ui/systems.xhtml?search=found*by&sort=-name&size=25";
        atTheDesk(list);
        var path = "/api/organizations/" + organization;
        var suspended = owner.send("PATCH", path + "/suspend", null);
        awaitEnd("ended-account");

        browser.again();
        var why = why();
        enter(People.PASSWORD);
        var refused = browser.see("#failure").getText();
        var reactivated = owner.send("PATCH", path + "/reactivate", null);
        browser.find("#username").clear();
        enter(People.PASSWORD);
        browser.awaitPath("/ui/systems.xhtml");

        assertThat(suspended.status()).isEqualTo(200);
        assertThat(reactivated.status()).isEqualTo(200);
        assertThat(why).contains("is suspended");
        assertThat(refused).contains("wrong");
        assertThat(browser.path()).isEqualTo(list);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_ajax_click_is_sent_to_the_sign_in_too_and_does_nothing() {
        var system = system("never by ajax");
        var page = "/ui/system.xhtml?id=" + system.id();
        var form = new HashMap<>(PageClient.hidden(witness.get(page).body(), "acts"));
        form.put("do-suspend", system.id().toString());
        var same = ours().cookie(witness.cookie());
        owner.put("/api/users/" + person.id(), "{\"disabled\": true}");
        awaitEnd("ended-account");

        var answer = same.with("Faces-Request", "partial/ajax").post(page, form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("<redirect url=\"/ui/sign-in.xhtml?next=%2Fui%2Fsystem.xhtml")
                .contains("notice=ended-account");
        assertThat(PageSite.told("system.suspended", system.id())).isZero();
    }

    @Test
    void who_was_idle_is_told_so_and_who_never_was_in_is_told_nothing() {
        var idle = new PageClient().cookie(past()).get(ABOUT);
        var forged = new PageClient().cookie("no.token.atall").get(ABOUT);
        var nobody = new PageClient().get(ABOUT);
        var sends = ours().post(ABOUT, Map.of("back", "https://elsewhere.example/"));

        assertThat(to(idle)).endsWith("next=%2Fui%2Fabout.xhtml&notice=ended-idle");
        assertThat(to(forged)).isEqualTo("/ui/sign-in.xhtml?next=%2Fui%2Fabout.xhtml");
        assertThat(to(nobody)).isEqualTo(to(forged));
        assertThat(to(sends))
                .isEqualTo(
                        "/ui/sign-in.xhtml?next=%2Fui%2Foverview.xhtml%3Fnotice%3Dexpired&notice=ended");
    }

    private static PageClient ours() {
        return new PageClient().with("Sec-Fetch-Site", "same-origin");
    }

    /** Until the node has heard that the person's sessions are over: another session is asked. */
    private void awaitEnd(String notice) {
        Wait.until(
                "the node knows why",
                PATIENCE,
                () -> to(witness.get(ABOUT)).endsWith("notice=" + notice));
    }

    private static String why() {
        browser.awaitPath("/ui/sign-in.xhtml?next=");
        return browser.see(".notice").getText();
    }

    private void enter(String password) {
        browser.type("#username", person.username());
        browser.type("#password", password);
        browser.go("#enter");
    }

    private Seed.Firewall system(String name) {
        var system = site.system(organization);
        site.sql("update appliance set name = '" + name + "' where id = '" + system.id() + "'");
        return system;
    }

    /** Nobody's, and over. */
    private static String past() {
        var claims =
                new JWTClaimsSet.Builder()
                        .subject(UUID.randomUUID().toString())
                        .expirationTime(Date.from(Instant.now().minusSeconds(60)))
                        .build();
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("nobodys").build();
        return header.toBase64URL()
                + "."
                + claims.toPayload().toBase64URL()
                + "."
                + Base64URL.encode("signed by nobody");
    }

    private static String to(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElse("nowhere, " + answer.statusCode());
    }
}
