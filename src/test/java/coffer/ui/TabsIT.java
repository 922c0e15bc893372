package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.Duration;
import java.util.UUID;

/** Several tabs, sessions that end while somebody works, and the way back after each deed. */
@ExtendWith(Desk.class)
class TabsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static Chromium browser;
    private static TestSite site;
    private static UUID customer;

    private People.Account person;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        customer = PageSite.organization("customer", PageSite.owner(), "works in tabs");
    }

    @BeforeEach
    void at_the_desk() {
        person = PageSite.account(customer, "super-admin");
        browser.signIn(person.username(), People.PASSWORD);
    }

    @Test
    void two_tabs_of_one_person_do_not_disturb_each_other() {
        var first = system("first of two tabs");
        var second = system("second of two tabs");
        browser.open("/ui/systems.xhtml?search=of%20two%20tabs&sort=-name&size=25");

        var tab = browser.tab();
        browser.open("/ui/system.xhtml?id=" + first.id());
        browser.go("[id='frame:other']");
        deed("suspend");
        browser.tab(tab);
        browser.go("#systems tbody a[href*='" + second.id() + "']");
        var language = browser.find("html").getAttribute("lang");
        deed("suspend");
        browser.back();
        browser.see("#actions");
        browser.back();
        browser.see("#systems");
        var address = browser.path();

        assertThat(language).isEqualTo("it");
        assertThat(address)
                .isEqualTo("/ui/systems.xhtml?search=of%20two%20tabs&sort=-name&size=25");
        assertThat(PageSite.told("system.suspended", first.id())).isOne();
        assertThat(PageSite.told("system.suspended", second.id())).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    /** What the old page still offers is refused in words, and the page shows how it is now. */
    @Test
    void a_tab_that_is_behind_is_told_so() {
        var system = system("changed elsewhere");
        browser.open("/ui/system.xhtml?do=update&id=" + system.id());
        browser.see("#go");
        var tab = browser.tab();
        browser.open("/ui/system.xhtml?id=" + system.id());
        deed("delete");

        browser.tab(tab);
        browser.find("#name").clear();
        browser.type("#name", "too late");
        browser.go("#go");
        var refusal = browser.see("#refusal").getText();

        assertThat(refusal).containsIgnoringCase("deleted");
        assertThat(browser.text()).contains("changed elsewhere");
        assertThat(site.text("select name from appliance where id = '" + system.id() + "'"))
                .isEqualTo("changed elsewhere");
    }

    @Test
    void a_sign_out_in_another_tab_ends_a_plain_form_and_leads_back_to_it() {
        var system = system("kept after a sign-out");
        browser.open("/ui/system.xhtml?do=hold&id=" + system.id());
        browser.type("#reason", "never placed");
        var tab = browser.tab();
        browser.open("/ui/about.xhtml");
        browser.click("#person summary");
        browser.go("[id='frame:leave']");
        browser.awaitPath("/ui/sign-in.xhtml?notice=signed-out");

        browser.tab(tab);
        browser.go("#go");
        browser.awaitPath("/ui/sign-in.xhtml?next=");
        var why = browser.see(".notice").getText();
        enter();
        browser.awaitPath("/ui/system.xhtml");

        assertThat(why).contains("what you did last was not done");
        assertThat(browser.see(".notice").getText()).contains("Nothing was changed");
        assertThat(browser.path()).contains(system.id().toString(), "do=hold");
        assertThat(PageSite.told("hold.set", system.id())).isZero();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_account_that_is_disabled_ends_a_page_that_looks_again_by_itself() {
        var run = waiting();
        try {
            var owner = PageSite.account(PageSite.owner(), "super-admin");
            browser.forget();
            person = PageSite.account(PageSite.owner(), "super-admin");
            browser.signIn(person.username(), People.PASSWORD);
            browser.open("/ui/run.xhtml?id=" + run);
            browser.see("#state.waiting");

            var other = PersonClient.signIn(site.node(), owner.username(), People.PASSWORD);
            var path = "/api/users/" + person.id();
            var answer = other.put(path, "{\"disabled\": true}");
            browser.awaitPath("/ui/sign-in.xhtml?next=");
            var why = browser.see(".notice").getText();
            other.put(path, "{\"disabled\": false}");
            enter();
            browser.awaitPath("/ui/run.xhtml?id=" + run);
            browser.see("#state.waiting");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(why).contains("is suspended");
            assertThat(browser.complaints()).isEmpty();
        } finally {
            site.sql("delete from job_run where id = '" + run + "'");
        }
    }

    /** The first answer was lost, and the button is pressed again. */
    @Test
    void a_browser_that_lost_the_answer_makes_no_second_system() {
        browser.open("/ui/new-system.xhtml");
        browser.type("#name", "lost answer");
        browser.later(
                """
                var fields = new URLSearchParams(new FormData(document.getElementById('new')));
                fields.append('create', 'yes');
                fetch(location.href, {method: 'POST', body: fields}).then(() => done('sent'));
                """);

        browser.go("#create");
        var notice = browser.see(".notice").getText();
        browser.back();
        browser.see("#create");

        assertThat(notice).contains("it is there once");
        assertThat(browser.find("#name").getAttribute("value")).isEmpty();
        assertThat(site.number("select count(*) from appliance where name = 'lost answer'"))
                .isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_way_back_after_each_deed_shows_how_it_is_and_does_nothing_again() {
        var name = "made once " + UUID.randomUUID();
        var system = system("there and back");
        var backup = site.client(system).upload(PageSite.bytes(900, 2), "back.tar.gz").id();
        var tab = "/ui/system.xhtml?tab=backups&id=" + system.id();

        browser.open("/ui/new-system.xhtml");
        browser.type("#name", name);
        browser.go("#create");
        browser.see("#secret");
        browser.back();
        browser.see("body");
        browser.open("/ui/account.xhtml");
        browser.type("#key_name", name);
        browser.go("button[name=create]");
        var secret = browser.see("#secret").getText();
        browser.again();
        browser.see("#key_name");
        var keys = browser.text();
        browser.open(tab);
        browser.click("#stored summary");
        browser.go("button[name=pin]");
        browser.see(".notice");
        browser.back();
        browser.see("#stored .badge.pinned");

        assertThat(keys).doesNotContain(secret).contains(name);
        assertThat(site.number("select count(*) from appliance where name = '" + name + "'"))
                .isOne();
        assertThat(site.number("select count(*) from api_key where name = '" + name + "'")).isOne();
        assertThat(PageSite.told("backup.pinned", UUID.fromString(backup.substring(0, 36))))
                .isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void made_up_data_is_called_so_on_each_page_until_it_is_gone() {
        try {
            site.sql("update installation set demo = 'whole'");
            awaitBanner(1);
            browser.picture("demo-1440-light");
            browser.look(360, "dark");
            browser.picture("demo-360-dark");
            var sideways = browser.scrollsSideways();
            var barriers = browser.barriers();
            var told = browser.find("#demo").getText();
            var anybody = new PageClient().get("/ui/sign-in.xhtml").body();

            assertThat(told).contains("demo data", "./mvnw validate exec:exec@remove-demo");
            assertThat(anybody).contains("id=\"demo\"");
            assertThat(sideways).isFalse();
            assertThat(barriers).isEmpty();
        } finally {
            site.sql("update installation set demo = null");
        }
        awaitBanner(0);
    }

    private static void awaitBanner(int count) {
        Wait.until(
                "the node has looked",
                PATIENCE,
                () -> {
                    browser.open("/ui/systems.xhtml");
                    return browser.all("#demo").size() == count;
                });
    }

    @Test
    void columns_that_are_chosen_stay_chosen() {
        system("with few columns");
        browser.open("/ui/systems.xhtml?search=few%20columns");
        var usual = browser.all("#systems th[scope=col]").size();

        browser.go("#columns li:nth-child(1) a");
        browser.go("#columns li:nth-child(7) a");
        browser.look(360, "dark");
        browser.picture("systems-columns-360-dark");
        var sideways = browser.scrollsSideways();
        browser.look(1440, "light");
        browser.open("/ui/systems.xhtml?search=few%20columns");
        browser.picture("systems-columns-1440-light");
        var headings = browser.find("#systems thead").getText();

        assertThat(browser.all("#systems th[scope=col]")).hasSize(usual);
        assertThat(headings).contains("System", "Key").doesNotContain("Organization");
        assertThat(browser.find("#systems tbody").getText()).contains("NETH-");
        assertThat(sideways).isFalse();
        assertThat(browser.barriers()).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    /** A run that begins tomorrow. */
    private static UUID waiting() {
        var run = UUID.randomUUID();
        site.sql(
                "insert into job_run (id, job, not_before, requested_at, requested_by, exclusive_key, state, parameters)"
                        + " values ('"
                        + run
                        + "', 'catalogue-reconcile', coffer_now() + interval '1 day', coffer_now(), 'coffer:test',"
                        + " 'tabs', 'waiting', '{\"remove\": \"none\"}')");
        return run;
    }

    private static Seed.Firewall system(String name) {
        var system = site.system(customer);
        site.sql("update appliance set name = '" + name + "' where id = '" + system.id() + "'");
        return system;
    }

    private static void deed(String deed) {
        browser.click("#actions summary");
        browser.click("button[name=do-" + deed + "]");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        browser.see(".notice");
    }

    private void enter() {
        browser.type("#username", person.username());
        browser.type("#password", People.PASSWORD);
        browser.go("#enter");
    }
}
