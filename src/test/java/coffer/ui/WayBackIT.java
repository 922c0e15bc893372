package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.UUID;

/**
 * The browser's "back" after what cannot be undone: it shows how things are, tells no secret a
 * second time, and what is sent again from there does nothing that nobody asked for.
 */
class WayBackIT {

    private static Chromium browser;
    private static TestSite site;
    private static UUID reseller;
    private static UUID customer;
    private static People.Account admin;

    @BeforeAll
    static void begin() {
        site = PageSite.site();
        reseller = PageSite.organization("reseller", PageSite.owner(), "goes back");
        customer = PageSite.organization("customer", reseller, "goes back below");
        admin = PageSite.account(reseller, "super-admin");
        browser = Chromium.start();
    }

    @AfterAll
    static void end() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void at_the_desk() {
        browser.forget();
        browser.look(1440, "light");
        browser.complaints();
        browser.signIn(admin.username(), People.PASSWORD);
    }

    /** The form that is found there is a new one, and empty: sent as it is, it is refused. */
    @Test
    void a_new_systems_secret_is_told_once_and_the_form_behind_it_makes_no_second_one() {
        var name = "once " + UUID.randomUUID();
        browser.open("/ui/new-system.xhtml");
        browser.see("#create");
        var used = browser.find("#new [name=once]").getAttribute("value");
        browser.type("#name", name);
        browser.go("#create");
        var secret = browser.see("#secret").getText();
        var system = browser.path();
        var all = systems();

        browser.back();
        browser.see("#create");
        var behind = browser.text();
        var fresh = browser.find("#new [name=once]").getAttribute("value");
        browser.script("document.getElementById('name').required = false");
        browser.go("#create");
        browser.see("[role=alert]");
        browser.open(system);
        browser.see("#tab-backups");

        assertThat(secret).startsWith("cof_");
        assertThat(behind + browser.text()).doesNotContain(secret);
        assertThat(fresh).isNotEqualTo(used);
        assertThat(site.number("select count(*) from appliance where name = '" + name + "'"))
                .isOne();
        assertThat(systems()).isEqualTo(all);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_backup_that_was_deleted_is_in_the_trash_on_the_way_back() {
        var system = system("loses a backup");
        var kept = upload(system, 1);
        var gone = upload(system, 2);
        var tab = "/ui/system.xhtml?tab=backups&id=" + system.id();
        browser.open(tab);
        browser.click("#stored tbody tr:first-child summary");
        browser.click("#stored button[name=delete][value='" + gone + "']");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        browser.see(".notice");

        browser.back();
        browser.see("#trashed");

        assertThat(browser.path()).isEqualTo(tab);
        assertThat(browser.all("#stored button[name=delete]")).hasSize(1);
        assertThat(browser.find("#stored button[name=delete]").getAttribute("value"))
                .isEqualTo(kept);
        assertThat(browser.all("#trashed tbody tr")).hasSize(1);
        assertThat(PageSite.told("backup.trash", UUID.fromString(gone.substring(0, 36)))).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    /** Sent again from there, it goes nowhere: the form shows where the system is now. */
    @Test
    void a_system_that_was_given_away_stays_there_on_the_way_back() {
        var system = system("given away");
        browser.open("/ui/system.xhtml?do=reassign&id=" + system.id());
        browser.see("#target");
        browser.script("document.getElementById('target').value = '" + customer + "'");
        browser.go("#go");
        browser.see(".notice");

        browser.back();
        browser.see("#target");
        var chosen = browser.find("#target").getAttribute("value");
        browser.go("#go");
        browser.see("main");

        assertThat(chosen).isEqualTo(customer.toString());
        assertThat(
                        site.text(
                                "select organization_id from appliance where id = '"
                                        + system.id()
                                        + "'"))
                .isEqualTo(customer.toString());
        assertThat(PageSite.told("system.reassigned", system.id())).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_erasure_is_one_however_often_one_goes_back_to_its_form() {
        var system = system("erased once");
        browser.open("/ui/system.xhtml?id=" + system.id());
        browser.click("#actions summary");
        browser.click("button[name=do-delete]");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        browser.see(".notice");
        browser.open("/ui/system.xhtml?do=destroy&id=" + system.id());
        browser.type("#typed", "erased once");
        browser.go("#go");
        browser.awaitPath("/ui/purge.xhtml?id=");
        var purge = browser.path().substring(0, "/ui/purge.xhtml?id=".length() + 36);

        browser.back();
        browser.see("main");
        var typed = browser.all("#typed");
        if (!typed.isEmpty()) {
            assertThat(typed.getFirst().getAttribute("value")).isEmpty();
            browser.type("#typed", "erased once");
            browser.go("#go");
            browser.awaitPath(purge);
        }

        assertThat(
                        site.number(
                                "select count(*) from purge where subject_id = '"
                                        + system.id()
                                        + "'"))
                .isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    private static long systems() {
        return site.number(
                "select count(*) from appliance where organization_id = '" + reseller + "'");
    }

    private static String upload(Seed.Firewall system, int seed) {
        return site.client(system).upload(PageSite.bytes(700 + seed, seed), "back.tar.gz").id();
    }

    private static Seed.Firewall system(String name) {
        var system = site.system(reseller);
        site.sql("update appliance set name = '" + name + "' where id = '" + system.id() + "'");
        return system;
    }
}
