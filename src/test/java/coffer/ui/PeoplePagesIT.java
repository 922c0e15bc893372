package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.TestSite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The pages about people and their keys in a real browser, as reseller admin and reader. */
@ExtendWith(Desk.class)
class PeoplePagesIT {

    private static Chromium browser;
    private static TestSite site;
    private static UUID reseller;
    private static UUID customer;
    private static People.Account admin;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        reseller = PageSite.organization("reseller", PageSite.owner(), "Persone srl");
        customer = PageSite.organization("customer", reseller, "Cliente Persone");
        admin = PageSite.account(reseller, "admin");
    }

    @Test
    void an_account_is_made_once_and_its_password_is_shown_once() {
        var name = "anna-" + UUID.randomUUID();
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/people.xhtml?organization=" + customer);

        browser.go("#new");
        var roles = browser.find("form#f").getText();
        browser.type("#username", "not a name");
        browser.type("#name", "Anna Rossi");
        browser.type("#email", "anna");
        browser.go("button[name=create]");
        var noName = browser.see("#username-note").getText();
        var noMail = browser.find("#email-note").getText();
        browser.find("#username").clear();
        browser.type("#username", name);
        browser.find("#email").clear();
        browser.twice("button[name=create]");
        var password = browser.see("#secret").getText();
        browser.picture("person-told-1440-light");
        var page = browser.path();
        browser.again();
        browser.see("#username");
        var again = browser.text();
        browser.open("/ui/people.xhtml?search=" + name);
        var listed = browser.see("#people").getText();

        assertThat(roles).contains("Administrator", "Reader").doesNotContain("Super-administrator");
        assertThat(noName).startsWith("1 to 100 of letters");
        assertThat(noMail).isEqualTo("This is no e-mail address.");
        assertThat(password).matches("[0-9a-f]{4}(-[0-9a-f]{4}){4}");
        assertThat(page).contains("organization=" + customer).doesNotContain(password);
        assertThat(again).doesNotContain(password);
        assertThat(listed).contains("Anna Rossi", "Cliente Persone", "Reader");
        assertThat(site.number("select count(*) from account where username = '" + name + "'"))
                .isOne();
        assertThat(browser.complaints()).isEmpty();
        browser.forget();
        browser.signIn(name, password);
        assertThat(browser.path()).startsWith("/ui/password.xhtml");
    }

    @Test
    void an_account_changes_moves_is_disabled_enabled_reset_and_removed_each_once() {
        var person = PageSite.account(customer, "reader");
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/person.xhtml?id=" + person.id());

        browser.go("#do-update");
        browser.find("#name").clear();
        browser.type("#name", "Bruno");
        browser.click("input[value=support]");
        browser.find("#locale").sendKeys("It");
        browser.twice("button[name=update]");
        var changed = browser.see("dl.facts").getText();
        browser.go("#do-move");
        browser.type("#place", "persone srl");
        browser.go(".doing .search button");
        browser.click("button[name=move]");
        browser.see("[data-yes]");
        browser.twice("[data-yes]");
        var moved = browser.see("dl.facts").getText();
        sure("disable");
        var disabled = browser.see(".failure").getText();
        browser.twice("button[name=enable]");
        browser.see("button[name=disable]");
        sure("reset");
        var password = browser.see("#secret").getText();
        browser.open("/ui/person.xhtml?id=" + person.id());
        var later = browser.text();
        sure("delete");
        browser.awaitPath("/ui/people.xhtml");

        assertThat(changed).contains("Support, Reader", "Italian");
        assertThat(moved).contains("Persone srl");
        assertThat(disabled).contains("was disabled on");
        assertThat(password).hasSize(24);
        assertThat(later).doesNotContain(password).contains("Has to change the password");
        assertThat(PageSite.told("user.updated", person.id())).isEqualTo(5);
        assertThat(PageSite.told("user.deleted", person.id())).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_key_is_made_once_shown_once_works_and_ends_when_it_is_revoked() throws Exception {
        var person = PageSite.account(customer, "reader");
        browser.signIn(person.username(), People.PASSWORD);

        browser.open("/ui/account.xhtml");
        browser.go("button[name=create]");
        var nameless = browser.see("#key_name-note").getText();
        browser.type("#key_name", "monitoring");
        browser.twice("button[name=create]");
        var key = browser.see("#secret").getText();
        var copies = browser.find("#told [data-copy]").getAttribute("data-copy");
        var works = status(key);
        browser.again();
        browser.see("#keys");
        var later = browser.text();
        var lines = browser.all("#keys tbody tr").size();
        browser.click("button[name=revoke]");
        browser.see("[data-yes]");
        browser.twice("[data-yes]");
        var notice = browser.see(".notice").getText();

        assertThat(nameless).isEqualTo("A name has 1 to 100 characters.");
        assertThat(key).startsWith("cok_").isEqualTo(copies);
        assertThat(works).isEqualTo(200);
        assertThat(later).contains("monitoring").doesNotContain(key);
        assertThat(lines).isOne();
        assertThat(notice).isEqualTo("The key is revoked.");
        assertThat(status(key)).isEqualTo(401);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_person_changes_their_own_name_and_language() {
        var person = PageSite.account(customer, "reader");
        browser.signIn(person.username(), People.PASSWORD);

        browser.open("/ui/account.xhtml");
        browser.find("#own #name").clear();
        browser.type("#own #name", "Carla Verdi");
        browser.find("#locale").sendKeys("It");
        browser.twice("button[name=save]");
        var title = browser.see("html[lang=it] h1").getText();

        assertThat(title).isEqualTo("Il tuo account");
        assertThat(browser.find("#person summary").getText()).isEqualTo("Carla Verdi");
        assertThat(PageSite.told("user.updated", person.id())).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_reader_is_offered_nothing_and_forged_buttons_do_nothing() {
        var other = PageSite.account(customer, "reader");
        var reader = PageClient.of(PageSite.account(reseller, "reader"));
        var page = reader.get("/ui/person.xhtml?id=" + other.id()).body();
        var form = PageClient.hidden(page, "deeds");

        assertThat(page).contains(other.username()).doesNotContain("<button name=", "do-update");
        assertThat(reader.get("/ui/people.xhtml").body()).doesNotContain("id=\"new\"");
        for (var button : List.of("update", "disable", "reset", "delete", "move")) {
            var forged = new LinkedHashMap<>(form);
            forged.putAll(Map.of(button, "" + other.id(), "id", "" + other.id(), "name", "x"));
            assertThat(reader.post("/ui/person.xhtml", forged).body())
                    .as(button)
                    .contains("Your role does not allow this.");
        }
        assertThat(reader.get("/ui/new-person.xhtml").statusCode()).isEqualTo(403);
        assertThat(PageSite.told("user.updated", other.id())).isZero();
    }

    @Test
    void every_page_is_for_everybody_in_every_colour_width_and_language() {
        var judge = new Judge(browser);
        var person = PageSite.account(customer, "support", "reader");
        var judging = PageSite.account(reseller, "admin");
        browser.signIn(judging.username(), People.PASSWORD);
        browser.open("/ui/account.xhtml");
        browser.type("#key_name", "nightly-" + "long-".repeat(12));
        browser.go("button[name=create]");
        judge.look("account-told");
        for (var language : List.of("en", "it")) {
            var one = "/ui/person.xhtml?id=" + person.id();
            judge.open("/ui/people.xhtml?organization=" + reseller, "people-" + language);
            judge.open("/ui/people.xhtml?search=%26%26", "people-none-" + language);
            judge.open(one, "person-" + language);
            judge.open(one + "&do=update", "person-update-" + language);
            judge.open(one + "&do=move", "person-move-" + language);
            judge.open("/ui/new-person.xhtml?organization=" + customer, "new-person-" + language);
            browser.go("button[name=create]");
            judge.look("new-person-wrong-" + language);
            judge.open("/ui/account.xhtml", "account-" + language);
            browser.go("[id='frame:other']");
        }

        assertThat(judge.wrong()).isEmpty();
    }

    private static int status(String key) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(URI.create(site.node().uri() + "/api/me"))
                            .header("X-Api-Key", key)
                            .build();
            return http.send(request, BodyHandlers.ofString()).statusCode();
        }
    }

    private static void sure(String button) {
        browser.click("#deeds button[name=" + button + "]");
        browser.see("[data-yes]");
        browser.twice("[data-yes]");
    }
}
