package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The pages in a real browser, as an administrator and as a reader. */
@ExtendWith(Desk.class)
class PagesIT {

    private static final List<Integer> WIDTHS = List.of(360, 1440);
    private static final List<String> SCHEMES = List.of("light", "dark");

    private static Chromium browser;
    private static TestSite site;
    private static UUID customer;
    private static People.Account admin;
    private static Seed.Firewall system;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        customer = site.customer();
        admin = PageSite.account(customer, "admin");
        system = site.system(customer);
        name(system, "headquarters");
        name(site.system(customer), "‏מערכת <b>ראשית</b>");
        name(site.system(customer), "long-".repeat(38) + "name");
        for (var i = 0; i < 3; i++) {
            site.client(system).upload(PageSite.bytes(40_000 + i, i), "config-" + i + ".tar.gz");
        }
    }

    @Test
    void an_administrator_signs_in_finds_a_system_and_downloads_a_backup() throws Exception {
        var bytes = PageSite.bytes(70_000, 9);
        var other = site.system(customer);
        name(other, "branch office");
        site.client(other).upload(bytes, "branch.tar.gz");
        browser.open("/ui/systems.xhtml?state=fresh");
        browser.type("#username", admin.username());
        browser.type("#password", People.PASSWORD);
        browser.go("#enter");
        browser.awaitPath("/ui/systems.xhtml?state=fresh");

        browser.type("#search", "branch off");
        browser.go(".search button");
        browser.see("#systems tbody a");
        browser.go("#systems tbody a");
        browser.go("#tab-backups");
        browser.see("#stored .acts a").click();
        var file = browser.download();

        assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
        assertThat(file.getFileName().toString()).startsWith("branch_20").endsWith(".tar.gz");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_deleted_backup_is_named_beforehand_and_comes_back_from_the_trash() {
        var own = site.system(customer);
        name(own, "to and fro");
        var client = site.client(own);
        var id = client.upload(PageSite.bytes(2_000, 5), "fro.tar.gz").id();
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/system.xhtml?tab=backups&id=" + own.id());

        browser.click("#stored summary");
        browser.click("#stored button[name=delete]");
        var question = browser.see("[data-words]").getText();
        browser.picture("dialog-1440-light");
        browser.click("[data-no]");
        var kept = client.ids();
        browser.click("#stored summary");
        browser.click("#stored button[name=delete]");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        browser.see("#trashed");
        var notice = browser.find(".notice").getText();
        var deleted = client.ids();
        browser.go("#trashed button[name=bring-back]");
        browser.see("#stored");

        assertThat(question).contains("fro.tar.gz", "UTC");
        assertThat(kept).containsExactly(id);
        assertThat(notice)
                .isEqualTo("The backup is in the trash. You can bring it back from there.");
        assertThat(deleted).isEmpty();
        assertThat(client.ids()).containsExactly(id);
        assertThat(browser.text()).contains("Pinned until");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void every_page_is_for_everybody_in_every_colour_width_and_language() {
        var other = site.system(customer);
        var id = site.client(other).upload(PageSite.bytes(1_500, 7), "gone.tar.gz").id();
        site.client(other).upload(PageSite.bytes(1_500, 8), "kept.tar.gz");
        site.client(other).delete(id);
        name(other, "with a trash");
        for (var day = 0; day < 3; day++) {
            site.client(other).delete(site.client(other).ids().getFirst());
            site.client(other).upload(PageSite.bytes(1_500, 80 + day), "next.tar.gz");
        }
        var account = PageSite.account(customer, "admin");
        var wrong = new ArrayList<String>();

        browser.open("/ui/sign-in.xhtml");
        judge("sign-in", wrong);
        browser.signIn(account.username(), People.PASSWORD);
        for (var language : List.of("en", "it")) {
            browser.open("/ui/overview.xhtml");
            judge("overview-" + language, wrong);
            browser.open("/ui/systems.xhtml");
            judge("systems-" + language, wrong);
            browser.open("/ui/systems.xhtml?search=nothing%20is%20called%20so&state=late");
            judge("systems-empty-" + language, wrong);
            browser.open("/ui/system.xhtml?tab=backups&id=" + other.id());
            judge("system-backups-" + language, wrong);
            browser.open("/ui/password.xhtml");
            judge("password-" + language, wrong);
            browser.go("[id='frame:other']");
        }
        browser.forget();
        browser.signIn(
                PageSite.account(PageSite.owner(), "super-admin").username(), People.PASSWORD);
        browser.open("/ui/overview.xhtml");
        judge("overview-owner", wrong);
        browser.open("/ui/nothing.xhtml");
        browser.complaints(); // That the page is a 404 is no complaint of ours.
        judge("error", wrong);

        assertThat(wrong).isEmpty();
    }

    @Test
    void a_person_keeps_the_language_and_a_browser_the_colours() {
        var reader = PageSite.account(customer, "reader");
        browser.signIn(reader.username(), People.PASSWORD);

        browser.go("[id='frame:other']");
        var italian = browser.see("html[lang=it] h1").getText();
        browser.click("[data-scheme-button]");
        browser.open("/ui/systems.xhtml");
        var scheme = browser.script("return document.documentElement.dataset.scheme");
        browser.click("[data-scheme-button]");

        assertThat(italian).isEqualTo("Panoramica");
        assertThat(browser.find("h1").getText()).isEqualTo("Sistemi");
        assertThat(scheme).isEqualTo("dark");
        assertThat(site.text("select locale from account where id = '" + reader.id() + "'"))
                .isEqualTo("it");
        assertThat(browser.complaints()).isEmpty();
    }

    private static void judge(String page, List<String> wrong) {
        for (var scheme : SCHEMES) {
            for (var width : WIDTHS) {
                browser.look(width, scheme);
                var name = page + "-" + width + "-" + scheme;
                browser.picture(name);
                if (browser.scrollsSideways()) {
                    wrong.add(name + " scrolls sideways");
                }
            }
            var barriers = browser.barriers();
            if (!barriers.isEmpty()) {
                wrong.add(page + "-" + scheme + " " + barriers);
            }
        }
        browser.complaints().forEach(complaint -> wrong.add(page + " " + complaint));
    }

    private static void name(Seed.Firewall one, String name) {
        site.sql("update appliance set name = $$" + name + "$$ where id = '" + one.id() + "'");
    }
}
