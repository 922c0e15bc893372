package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.List;
import java.util.UUID;

/** The tabs of a system, the list of systems and the simulator, as they are seen. */
@ExtendWith(Desk.class)
class SystemTabsIT {

    /** Other tests, and a slow machine, may come between an upload and its page. */
    private static final String AGE = "just now|\\d+ minutes? ago";

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
        admin = PageSite.account(customer, "super-admin");
        system = site.system(customer);
        named(system, "main office");
        for (var i = 0; i < 12; i++) {
            site.client(system).upload(PageSite.bytes(30_000 + i, i), "config-" + i + ".tar.gz");
            if (i < 11) {
                age(system);
            }
        }
        site.client(system).delete(site.client(system).ids().getFirst());
        site.client(system)
                .send(
                        "POST",
                        "/systems/inventory",
                        java.net.http.HttpRequest.BodyPublishers.ofString(
                                """
                                {"facts": {"name": "<script>alert(1)</script>", "cpu": {"count": 2, "model": "x"}},
                                 "packages": ["a", "b"]}\
                                """),
                        "Content-Type",
                        "application/json");
        site.sql(
                "insert into alert (id, code, subject, severity, opened_at) values"
                        + " (gen_random_uuid(), 'backup.odd-size', 'system:"
                        + system.id()
                        + "', 'warning', coffer_now())");
    }

    @AfterAll
    static void end() {
        if (site != null) {
            site.sql("delete from alert where code = 'backup.odd-size'");
        }
    }

    @BeforeEach
    void at_the_desk() {
        browser.signIn(admin.username(), People.PASSWORD);
    }

    @Test
    void each_sign_of_life_tells_its_age_and_its_state() {
        browser.open("/ui/system.xhtml?id=" + system.id());

        assertThat(browser.find("#sign-backups").getText()).contains("Fresh").containsPattern(AGE);
        assertThat(browser.find("#sign-alerts").getText()).contains("Warning", "1 open");
        assertThat(browser.find("#sign-inventory").getText()).containsPattern(AGE);
        assertThat(browser.find("#alerts").getText()).contains("unusual size");
    }

    @Test
    void the_backups_tell_what_goes_next_and_what_a_thief_could_cost() {
        browser.open("/ui/system.xhtml?tab=backups&id=" + system.id());

        assertThat(browser.find(".timeline figcaption").getText())
                .contains("backups on 12 of 90 days");
        assertThat(browser.all(".timeline rect.live")).isNotEmpty();
        assertThat(browser.find("#coming tbody tr").getText())
                .contains("To the trash", "The oldest made room");
        assertThat(browser.find("#left").getText()).contains("10 of 11");
        assertThat(browser.text()).contains("By tonight");
    }

    @Test
    void the_inventory_is_a_tree_of_texts() {
        browser.open("/ui/system.xhtml?tab=inventory&id=" + system.id());

        assertThat(browser.find("#tree").getText()).contains("<script>alert(1)</script>", "cpu");
        assertThat(browser.all("#changes tbody tr")).hasSize(1);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void the_history_says_who_did_what() {
        browser.open("/ui/system.xhtml?id=" + system.id());
        browser.click("#actions summary");
        browser.click("button[name=do-suspend]");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        browser.click("#actions summary");
        browser.go("button[name=do-reactivate]");
        browser.go("#tab-history");
        var all = browser.find("#history").getText();
        browser.go("#by-people");
        var people = browser.find("#history").getText();

        assertThat(all).contains("You Reactivated", "The system", "Inventory changed");
        assertThat(people)
                .contains("You Suspended", "You Reactivated")
                .doesNotContain("Inventory changed");
    }

    @Test
    void a_list_is_narrowed_by_chips_sorted_and_keeps_its_length() {
        browser.open("/ui/systems.xhtml?search=main%20office");
        browser.go("#by-state + ul a");
        var none = browser.text();
        browser.open("/ui/systems.xhtml?search=main%20office&state=fresh");
        var fresh = browser.find("#systems").getText();
        browser.go("thead a.none");
        var sorted = browser.path();
        browser.open("/ui/systems.xhtml?size=25");
        browser.open("/ui/systems.xhtml");

        assertThat(none).contains("No system is like this");
        assertThat(fresh).contains("main office", "Fresh");
        assertThat(sorted).contains("state=fresh", "sort=organization");
        assertThat(browser.find(".chosen-size").getText()).isEqualTo("25");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void chosen_systems_are_suspended_and_reactivated_together() {
        var one = site.system(customer);
        var other = site.system(customer);
        named(one, "bulk one");
        named(other, "bulk other");
        browser.open("/ui/systems.xhtml?search=bulk");
        browser.script("document.querySelectorAll('input[name=chosen]').forEach(x => x.click())");
        browser.click("button[name=do-suspend]");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        var notice = browser.see(".notice").getText();
        var refused = site.client(one).list().status() + site.client(other).list().status();
        browser.script("document.querySelector('input[name=chosen]').click()");
        browser.go("button[name=do-reactivate]");

        assertThat(notice).isEqualTo("Done for each chosen system.");
        assertThat(refused).isEqualTo(802);
        assertThat(browser.path()).contains("search=bulk");
        assertThat(
                        site.number(
                                "select count(*) from appliance where name like 'bulk%' and"
                                        + " suspended_at is not null"))
                .isOne();
    }

    @Test
    void the_list_as_a_file_has_no_formula_in_it() {
        var odd = site.system(customer);
        named(odd, "=cmd|''/c calc''!A1, \"quoted\"");
        var client = PageClient.of(admin);

        var file = client.get("/ui/systems-csv.xhtml?search=cmd");

        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
        assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
                .contains("systems.csv");
        assertThat(file.body().lines().toList()).hasSize(2);
        assertThat(file.body())
                .startsWith("id,system_key,name,type,fqdn,organization_id,organization,status,")
                .contains(odd.id().toString(), "\"'=cmd|'/c calc'!A1, \"\"quoted\"\"\"");
    }

    @Test
    void a_reader_is_offered_no_deed() {
        browser.forget();
        browser.signIn(PageSite.account(customer, "reader").username(), People.PASSWORD);
        browser.open("/ui/systems.xhtml");
        var list = browser.all("#new, input[name=chosen], button[name=do-suspend]");
        browser.open("/ui/system.xhtml?do=destroy&id=" + system.id());
        var doing = browser.all("#do, #actions");
        browser.open("/ui/system.xhtml?tab=backups&id=" + system.id());

        assertThat(list).isEmpty();
        assertThat(doing).isEmpty();
        assertThat(browser.all("button[name=delete], button[name=pin]")).isEmpty();
    }

    @Test
    void every_page_about_systems_is_for_everybody() {
        var judge = new Judge(browser);
        var id = system.id().toString();

        for (var language : List.of("en", "it")) {
            judge.open("/ui/systems.xhtml", "systems-list-" + language);
            judge.open("/ui/new-system.xhtml", "new-system-" + language);
            judge.open("/ui/system.xhtml?id=" + id, "system-overview-" + language);
            for (var tab : List.of("backups", "inventory", "history")) {
                judge.open(
                        "/ui/system.xhtml?tab=" + tab + "&id=" + id,
                        "system-" + tab + "-" + language);
            }
            for (var form : List.of("update", "reassign", "regenerate-secret", "hold")) {
                judge.open(
                        "/ui/system.xhtml?do=" + form + "&id=" + id,
                        "system-" + form + "-" + language);
            }
            browser.go("[id='frame:other']");
        }
        browser.open("/ui/system.xhtml?do=regenerate-secret&id=" + id);
        browser.go("#go");
        browser.see("#put");
        judge.look("system-secret");

        assertThat(judge.wrong()).isEmpty();
    }

    /** All that it has sent so far came a day earlier. */
    private static void age(Seed.Firewall one) {
        site.sql(
                "update backup set uploaded_at = uploaded_at - interval '1 day', created_at ="
                        + " created_at - interval '1 day' where subject_id = '"
                        + one.id()
                        + "'");
        site.sql(
                "update appliance_usage set last_upload_at = last_upload_at - interval '1 day'"
                        + " where appliance_id = '"
                        + one.id()
                        + "'");
    }

    private static void named(Seed.Firewall one, String name) {
        site.sql("update appliance set name = '" + name + "' where id = '" + one.id() + "'");
    }
}
