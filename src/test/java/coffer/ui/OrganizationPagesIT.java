package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.TestSite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The pages about organizations in a real browser, as owner, reseller admin and reader. */
@ExtendWith(Desk.class)
class OrganizationPagesIT {

    private static Chromium browser;
    private static TestSite site;
    private static UUID distributor;
    private static UUID reseller;
    private static UUID customer;
    private static People.Account owner;
    private static People.Account admin;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        distributor = PageSite.organization("distributor", PageSite.owner(), "Distributore Nord");
        reseller = PageSite.organization("reseller", distributor, "Rossi Impianti");
        customer = PageSite.organization("customer", reseller, "Studio <b>Bianchi</b>");
        PageSite.organization("customer", reseller, "long-".repeat(38) + "name");
        owner = PageSite.account(PageSite.owner(), "super-admin");
        admin = PageSite.account(reseller, "admin");
    }

    @Test
    void the_tree_opens_where_it_is_clicked_and_the_address_keeps_it() {
        var person = PageSite.account(distributor, "admin");
        browser.signIn(person.username(), People.PASSWORD);

        browser.open("/ui/organizations.xhtml");
        var shut = browser.text();
        browser.go("#o-" + reseller + " .toggle");
        var open = browser.text();
        var address = browser.path();
        browser.back();
        browser.see("#o-" + reseller);
        var back = browser.text();
        browser.open(address);
        var again = browser.text();
        browser.type("#search", "bianchi");
        browser.go(".search button");
        var found = browser.all("#organizations tbody tr").size();

        assertThat(shut).contains("Distributore Nord", "Rossi Impianti").doesNotContain("Bianchi");
        assertThat(open).contains("Studio <b>Bianchi</b>");
        assertThat(address).contains("open=", reseller.toString());
        assertThat(back).doesNotContain("Bianchi");
        assertThat(again).contains("Studio <b>Bianchi</b>");
        assertThat(found).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_reseller_s_admin_creates_renames_suspends_deletes_and_restores_each_once() {
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/organization.xhtml?id=" + reseller);

        browser.go("#do-create-below");
        browser.go("button[name=create-below]");
        var nameless = browser.see("#name-note").getText();
        browser.type("#name", "Nuova & Figli");
        browser.twice("button[name=create-below]");
        browser.see("#deeds button[name=suspend]");
        var id = UUID.fromString(browser.find("#deeds [name=id]").getAttribute("value"));
        browser.go("#do-rename");
        browser.find("#name").clear();
        browser.type("#name", "Nuova srl");
        browser.twice("button[name=rename]");
        var renamed = browser.see("h1").getText();
        sure("suspend");
        var suspended = browser.see(".failure").getText();
        browser.twice("button[name=reactivate]");
        browser.see("button[name=suspend]");
        sure("delete");
        var deleted = browser.see(".failure").getText();
        browser.twice("button[name=restore]");
        browser.see("button[name=delete]");

        assertThat(nameless).isEqualTo("A name has 1 to 200 characters.");
        assertThat(renamed).startsWith("Nuova srl");
        assertThat(suspended).startsWith("This organization has been suspended since");
        assertThat(deleted).contains("all backups are kept");
        for (var deed :
                List.of("created", "renamed", "suspended", "reactivated", "deleted", "restored")) {
            assertThat(PageSite.told("organization." + deed, id)).as(deed).isOne();
        }
        assertThat(
                        site.number(
                                "select count(*) from organization where name like 'Nuova%' and"
                                        + " parent_id = '"
                                        + reseller
                                        + "'"))
                .isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_organization_moves_to_where_it_may_stand() {
        var other = PageSite.organization("reseller", distributor, "Verdi Reti");
        var moving = PageSite.organization("customer", reseller, "Traslochi");
        browser.signIn(owner.username(), People.PASSWORD);

        browser.open("/ui/organization.xhtml?id=" + moving + "&do=move");
        browser.type("#place", "verdi");
        browser.go(".doing .search button");
        browser.click("button[name=move]");
        var question = browser.see("[data-words]").getText();
        browser.twice("[data-yes]");
        var crumbs = browser.see(".crumbs").getText();

        assertThat(question).isEqualTo("Traslochi moves below Verdi Reti, with all below it.");
        assertThat(crumbs).contains("Verdi Reti").doesNotContain("Rossi");
        assertThat(site.text("select parent_id from organization where id = '" + moving + "'"))
                .isEqualTo(other.toString());
        assertThat(PageSite.told("organization.moved", moving)).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_policy_says_where_it_comes_from_and_refuses_to_be_widened_beside_the_field() {
        var above = PageSite.organization("reseller", distributor, "Regole srl");
        var below = PageSite.organization("customer", above, "Sotto Regole");
        site.sql("update organization set max_backups = 5 where id = '" + above + "'");
        var person = PageSite.account(above, "admin");
        browser.signIn(person.username(), People.PASSWORD);

        browser.open("/ui/organization.xhtml?id=" + below);
        var inherited = browser.find("#rule-max_backups").getText();
        browser.go("#do-set-policy");
        browser.type("#max_backups", "7");
        browser.type("#max_bytes", "much");
        browser.go("button[name=set-policy]");
        var noSize = browser.see("#max_bytes-note").getText();
        browser.find("#max_bytes").clear();
        browser.type("#max_bytes", "2 GiB");
        browser.go("button[name=set-policy]");
        var looser = browser.see("#max_backups-note").getText();
        var kept = browser.find("#max_bytes").getAttribute("value");
        var unchanged = PageSite.told("organization.ruled", below);
        browser.find("#max_backups").clear();
        browser.type("#max_backups", "3");
        browser.twice("button[name=set-policy]");
        browser.see(".notice");
        var own = browser.find("#rules").getText();

        assertThat(inherited).contains("5", "Regole srl");
        assertThat(noSize).startsWith("A number with a unit");
        assertThat(looser).startsWith("This is looser than what was decided above.");
        assertThat(kept).isEqualTo("2 GiB");
        assertThat(unchanged).isZero();
        assertThat(own).contains("3 This organization", "2.0 GiB This organization");
        assertThat(PageSite.told("organization.ruled", below)).isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_hold_stands_in_the_way_and_only_the_right_name_erases() {
        var doomed = PageSite.organization("customer", reseller, "Fine & Addio");
        browser.signIn(owner.username(), People.PASSWORD);
        browser.open("/ui/organization.xhtml?id=" + doomed + "&do=hold");
        browser.type("#reason", "case 12/2026");
        browser.twice("button[name=hold]");
        var holds = browser.see("#holds").getText();
        sure("delete");
        browser.see("button[name=restore]");
        var held = browser.all("#do-destroy").size();
        sure("lift");

        browser.go("#do-destroy");
        browser.type("#typed_name", "Fine e Addio");
        browser.go("button[name=destroy]");
        var wrong = browser.see("#typed_name-note").getText();
        var nothing = PageSite.told("organization.deleted", doomed);
        browser.find("#typed_name").clear();
        browser.type("#typed_name", "Fine & Addio");
        browser.twice("button[name=destroy]");
        browser.awaitPath("/ui/purge.xhtml");

        assertThat(holds).contains("case 12/2026");
        assertThat(held).isZero();
        assertThat(wrong).isEqualTo("This is not the name. Nothing was erased.");
        assertThat(nothing).isOne();
        assertThat(site.number("select count(*) from purge where subject_id = '" + doomed + "'"))
                .isOne();
    }

    @Test
    void what_another_tab_has_done_is_said_and_nothing_is_done_twice() {
        var shared = PageSite.organization("customer", reseller, "Due schede");
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/organization.xhtml?id=" + shared + "&do=rename");
        site.sql("update organization set deleted_at = coffer_now() where id = '" + shared + "'");

        browser.go("button[name=rename]");

        assertThat(browser.see("#failure").getText()).contains("is deleted");
        assertThat(browser.path()).contains("id=" + shared);
        assertThat(PageSite.told("organization.renamed", shared)).isZero();
    }

    @Test
    void a_reader_is_offered_nothing_and_forged_buttons_do_nothing() {
        var reader = PageClient.of(PageSite.account(reseller, "reader"));
        var path = "/ui/organization.xhtml?id=" + customer;
        var page = reader.get(path).body();
        var form = PageClient.hidden(page, "deeds");

        var refusals = new ArrayList<String>();
        for (var button : List.of("suspend", "delete", "hold", "destroy", "set-policy", "move")) {
            var forged = new java.util.LinkedHashMap<>(form);
            forged.putAll(Map.of(button, customer.toString(), "reason", "x", "id", "" + customer));
            refusals.add(reader.post("/ui/organization.xhtml", forged).body());
        }

        assertThat(page)
                .contains("Studio &lt;b&gt;Bianchi")
                .doesNotContain("<button name=", "do-rename", "do-destroy", "<b>Bianchi");
        assertThat(refusals)
                .allSatisfy(body -> assertThat(body).contains("Your role does not allow this."));
        assertThat(reader.get("/ui/organization.xhtml?id=" + customer + "&do=rename").body())
                .doesNotContain("name=\"rename\"");
        assertThat(reader.get("/ui/organization.xhtml?id=" + distributor).statusCode())
                .isEqualTo(403);
        assertThat(reader.get("/ui/organization.xhtml?id=" + UUID.randomUUID()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void every_page_is_for_everybody_in_every_colour_width_and_language() {
        var judge = new Judge(browser);
        var held = PageSite.organization("customer", reseller, "Sotto blocco");
        site.sql("update organization set deleted_at = coffer_now() where id = '" + held + "'");
        browser.signIn(
                PageSite.account(PageSite.owner(), "super-admin").username(), People.PASSWORD);
        for (var language : List.of("en", "it")) {
            var one = "/ui/organization.xhtml?id=" + customer;
            judge.open(
                    "/ui/organizations.xhtml?open="
                            + PageSite.owner()
                            + ","
                            + distributor
                            + ","
                            + reseller,
                    "organizations-" + language);
            judge.open("/ui/organizations.xhtml?search=o", "organizations-found-" + language);
            judge.open("/ui/organizations.xhtml?search=%26%26", "organizations-none-" + language);
            judge.open("/ui/organization.xhtml?id=" + reseller, "organization-" + language);
            judge.open(
                    "/ui/organization.xhtml?id=" + reseller + "&do=create-below",
                    "organization-create-" + language);
            for (var form : List.of("rename", "set-policy", "move", "hold")) {
                judge.open(one + "&do=" + form, "organization-" + form + "-" + language);
            }
            judge.open(
                    "/ui/organization.xhtml?id=" + held + "&do=destroy",
                    "organization-destroy-" + language);
            browser.open("/ui/organizations.xhtml");
            browser.go("[id='frame:other']");
        }

        assertThat(judge.wrong()).isEmpty();
    }

    private static void sure(String button) {
        browser.click("#deeds button[name=" + button + "]");
        browser.see("[data-yes]");
        browser.twice("[data-yes]");
    }
}
