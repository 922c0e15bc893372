package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.TestSite;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/** The simulator in a browser; that it is right is in {@code SimulationTest}. */
@ExtendWith(Desk.class)
class SimulatorIT {

    private static Chromium browser;
    private static TestSite site;
    private static People.Account owner;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        owner = PageSite.account(PageSite.owner(), "super-admin");
    }

    @BeforeEach
    void at_the_desk() {
        browser.signIn(owner.username(), People.PASSWORD);
    }

    @Test
    void the_simulator_shows_what_is_kept_on_a_coming_day_under_two_policies() {
        var today = LocalDate.parse(site.text("select (coffer_now() at time zone 'UTC')::date"));
        browser.open(
                "/ui/simulator.xhtml?every=24&size=20&days=60&a-count=10&a-mib=500&b-count=5&on="
                        + today.plusDays(3));
        var a =
                browser.all("#side-a td.live").stream()
                        .map(one -> one.getDomAttribute("data-day"))
                        .toList();
        var b =
                browser.all("#side-b td.live").stream()
                        .map(one -> one.getDomAttribute("data-day"))
                        .toList();
        var why = browser.find("#side-a .why tbody tr").getText();
        browser.go("[id='turn1']");
        var next = browser.all("#side-a td.live").getLast().getDomAttribute("data-day");

        assertThat(a).isEqualTo(days(today.plusDays(3), 10));
        assertThat(b).isEqualTo(days(today.plusDays(3), 5));
        assertThat(why).contains("The newest never goes");
        assertThat(next).isEqualTo(today.plusDays(4).toString());
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_policy_is_applied_from_the_simulator_after_a_question() {
        var target = site.customer();
        browser.open(
                "/ui/simulator.xhtml?a-count=7&a-mib=321&find="
                        + site.text(
                                "select replace(name, ' ', '%20') from organization where id = '"
                                        + target
                                        + "'"));
        browser.script("document.getElementById('organization').value = '" + target + "'");
        browser.click("#apply-a");
        var question = browser.see("[data-words]").getText();
        browser.go("[data-yes]");

        assertThat(question).contains("7 backups", "321 MiB");
        assertThat(browser.see(".notice").getText()).contains("The policy holds");
        assertThat(site.number("select max_backups from organization where id = '" + target + "'"))
                .isEqualTo(7);
        assertThat(site.number("select max_bytes from organization where id = '" + target + "'"))
                .isEqualTo(321L << 20);
    }

    private static List<String> days(LocalDate last, int many) {
        return IntStream.rangeClosed(1 - many, 0)
                .mapToObj(day -> last.plusDays(day).toString())
                .toList();
    }

    @Test
    void the_simulator_is_for_everybody() {
        var system = site.system();
        site.client(system).upload(PageSite.bytes(2_000, 1), "a.gpg");
        var judge = new Judge(browser);

        for (var language : List.of("en", "it")) {
            judge.open("/ui/simulator.xhtml?b-count=4", "simulator-" + language);
            judge.open("/ui/simulator.xhtml?system=" + system.id(), "simulator-own-" + language);
            browser.go("[id='frame:other']");
        }

        assertThat(judge.wrong()).isEmpty();
    }
}
