package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

import java.util.List;
import java.util.UUID;

/** Who has no mouse reaches everything, sees where they are, and gets out again. */
@ExtendWith(Desk.class)
class KeyboardIT {

    /** More controls than any of these pages has. */
    private static final int MANY = 600;

    /** Numbers what the tab key must reach, and writes down what it comes to and how that shows. */
    private static final String WATCH =
            """
            const may = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
            const group = one => document.querySelectorAll("input[type=radio][name='" + one.name + "']");
            const all = [...document.querySelectorAll(may)].filter(one =>
                one.checkVisibility({visibilityProperty: true}) && !one.disabled && one.tabIndex >= 0
                && (one.type !== 'radio' || one.checked
                    || (one === group(one)[0] && ![...group(one)].some(other => other.checked))));
            window.came = [];
            window.hidden = [];
            document.addEventListener('focusin', event => {
                const number = all.indexOf(event.target);
                const style = getComputedStyle(event.target);
                const box = event.target.getBoundingClientRect();
                if (number >= 0 && window.came.at(-1) !== number) {
                    window.came.push(number);
                    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2
                        || box.width < 4 || box.height < 4 || box.right <= 0) {
                        window.hidden.push(event.target.outerHTML.slice(0, 120));
                    }
                }
            });
            window.missed = () => all.filter((_, number) => !window.came.includes(number))
                .map(one => one.outerHTML.slice(0, 120));
            return all.length;
            """;

    private static Chromium browser;
    private static TestSite site;
    private static People.Account owner;
    private static People.Account admin;
    private static UUID customer;
    private static Seed.Firewall system;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        customer = site.customer();
        owner = PageSite.account(PageSite.owner(), "super-admin");
        admin = PageSite.account(customer, "super-admin");
        system = site.system(customer);
        for (var i = 0; i < 3; i++) {
            site.client(system).upload(PageSite.bytes(9_000 + i, i), "keys-" + i + ".tar.gz");
        }
        site.client(system).delete(site.client(system).ids().getFirst());
    }

    @ParameterizedTest
    @ValueSource(ints = {1440, 360})
    void the_tab_key_reaches_every_control_in_order_and_shows_where_it_is(int width) {
        browser.look(width, "light");
        browser.signIn(admin.username(), People.PASSWORD);

        for (var page :
                List.of(
                        "/ui/overview.xhtml",
                        "/ui/systems.xhtml",
                        "/ui/system.xhtml?id=" + system.id(),
                        "/ui/system.xhtml?tab=backups&id=" + system.id(),
                        "/ui/system.xhtml?do=update&id=" + system.id(),
                        "/ui/simulator.xhtml?b-count=4",
                        "/ui/organization.xhtml?do=set-policy&id=" + customer,
                        "/ui/people.xhtml",
                        "/ui/new-person.xhtml?organization=" + customer,
                        "/ui/account.xhtml")) {
            walk(page);
        }
    }

    @Test
    void the_tab_key_reaches_the_jobs() {
        browser.signIn(owner.username(), People.PASSWORD);

        for (var page : List.of("/ui/jobs.xhtml", "/ui/job.xhtml?name=retention-audit")) {
            walk(page);
        }
    }

    @Test
    void a_backup_is_deleted_and_brought_back_without_a_mouse() {
        var own = site.system(customer);
        var id = site.client(own).upload(PageSite.bytes(2_000, 5), "by-hand.tar.gz").id();
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/system.xhtml?id=" + own.id());
        tabTo("#tab-backups");
        browser.enter(Keys.ENTER);

        tabTo("#stored summary");
        browser.press(Keys.ENTER);
        browser.see("#stored .items");
        browser.press(Keys.TAB);
        var first = browser.focused("#stored [data-copy]");
        browser.press(Keys.ESCAPE);
        browser.awaitFocus("#stored summary");
        var open = browser.all("#stored details[open]");
        browser.press(Keys.SPACE);
        tabTo("#stored button[name=delete]");
        browser.press(Keys.ENTER);
        browser.awaitFocus("#sure *");
        held();
        browser.press(Keys.ESCAPE);
        browser.awaitFocus("#stored summary");
        var kept = site.client(own).ids();
        browser.press(Keys.ENTER);
        tabTo("#stored button[name=delete]");
        browser.press(Keys.ENTER);
        browser.awaitFocus("#sure *");
        tabTo("[data-no]");
        browser.press(Keys.ENTER);
        browser.awaitFocus("#stored summary");
        browser.press(Keys.ENTER);
        tabTo("#stored button[name=delete]");
        browser.press(Keys.ENTER);
        browser.awaitFocus("#sure *");
        tabTo("[data-yes]");
        browser.enter(Keys.ENTER);
        browser.see("#trashed");
        var deleted = site.client(own).ids();
        tabTo("#trashed button[name=bring-back]");
        browser.enter(Keys.ENTER);
        browser.see("#stored");

        assertThat(first).isTrue();
        assertThat(open).isEmpty();
        assertThat(kept).containsExactly(id);
        assertThat(deleted).isEmpty();
        assertThat(site.client(own).ids()).containsExactly(id);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_menu_that_is_left_closes_and_the_content_is_one_key_away() {
        browser.signIn(admin.username(), People.PASSWORD);
        browser.open("/ui/overview.xhtml");

        browser.press(Keys.TAB);
        var skip = browser.focused(".skip");
        browser.press(Keys.ENTER);
        browser.awaitFocus("main");
        browser.open("/ui/overview.xhtml");
        tabTo("#person summary");
        browser.press(Keys.ENTER);
        browser.see("#person .items");
        browser.pressBack();
        var open = browser.all("#person[open]");

        assertThat(skip).isTrue();
        assertThat(open).isEmpty();
    }

    private static void walk(String page) {
        browser.open(page);
        var all = ((Number) browser.script(WATCH)).intValue();
        // A field for a date has stops of its own.
        for (var pressed = 0; pressed < all + 20 && came() < all; pressed += 10) {
            browser.press(Keys.TAB.toString().repeat(10));
        }

        assertThat((List<?>) browser.script("return window.missed()")).as(page).isEmpty();
        assertThat((List<?>) browser.script("return window.hidden")).as(page).isEmpty();
        assertThat(
                        (boolean)
                                browser.script(
                                        "return window.came.slice(0, "
                                                + all
                                                + ").every((one, at) => one === at)"))
                .as("the order on " + page)
                .isTrue();
    }

    private static int came() {
        return ((Number) browser.script("return new Set(window.came).size")).intValue();
    }

    private static void tabTo(String selector) {
        for (var i = 0; i < MANY && !browser.focused(selector); i++) {
            browser.press(Keys.TAB);
        }
        assertThat(browser.focused(selector)).as("the tab key comes to " + selector).isTrue();
    }

    /** The dialog lets the focus go neither on nor back. */
    private static void held() {
        for (var i = 0; i < 4; i++) {
            browser.press(Keys.TAB);
            assertThat(browser.focused("#sure *")).isTrue();
        }
        for (var i = 0; i < 4; i++) {
            browser.pressBack();
            assertThat(browser.focused("#sure *")).isTrue();
        }
    }
}
