package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.PersonClient;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Wait;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Jobs, erasures, alerts, storage, search and what is installed, in a real browser. */
@ExtendWith(Desk.class)
class OperationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(240);

    private static Chromium browser;
    private static TestSite site;
    private static UUID customer;
    private static Seed.Firewall system;
    private static People.Account owner;
    private static People.Account admin;
    private static People.Account reader;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        customer = site.customer();
        owner = PageSite.account(PageSite.owner(), "super-admin");
        admin = PageSite.account(customer, "admin");
        reader = PageSite.account(customer, "reader");
        system = site.system(customer);
        name(system, "operations headquarters");
        site.client(system).upload(PageSite.bytes(9_000, 4), "operations.tar.gz");
    }

    @Test
    void a_job_is_run_now_and_seen_to_finish_without_a_reload() {
        enter(owner);
        browser.open("/ui/jobs.xhtml");

        browser.go("button[name=run][value=integrity-scrub]");
        browser.script("window.same = true");
        browser.see("#state.completed");

        assertThat(browser.path()).startsWith("/ui/run.xhtml?id=");
        assertThat(
                        browser.script(
                                "return window.same || !document.querySelector('[data-live=\"\"]')"))
                .isEqualTo(true);
        assertThat(browser.text()).contains("A person", "integrity-scrub");
        assertThat(browser.all("#steps tbody tr")).isNotEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_preview_says_what_would_be_done_and_changes_nothing() {
        var late = site.system(customer);
        name(late, "preview of much");
        for (var i = 0; i < 2; i++) {
            site.client(late).upload(PageSite.bytes(3_000 + i, 60 + i), "many.tar.gz");
        }
        var before = site.number("select count(*) from backup where state = 'STORED'");
        enter(owner);
        browser.open("/ui/job.xhtml?name=retention-audit");

        browser.go("button[name=preview]");
        browser.see("#state.completed");

        assertThat(browser.text()).contains("This is a preview", "mode=preview", "Report");
        assertThat(site.number("select count(*) from backup where state = 'STORED'"))
                .isGreaterThanOrEqualTo(before);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_double_click_asks_for_one_run() {
        enter(owner);
        var runs = "select count(*) from job_run where job = 'erasure-replay'";
        var before = site.number(runs);
        browser.open("/ui/job.xhtml?name=erasure-replay");

        browser.twice("button[name=run]");
        browser.see("#state.completed");

        assertThat(site.number(runs)).isEqualTo(before + 1);
    }

    @Test
    void a_waiting_run_is_stopped_and_goes_on_again() {
        var run = UUID.randomUUID();
        site.sql(
                "insert into job_run (id, job, not_before, requested_at, requested_by, exclusive_key, state, parameters)"
                        + " values ('"
                        + run
                        + "', 'catalogue-reconcile', coffer_now() + interval '1 day', coffer_now(), 'coffer:test',"
                        + " 'catalogue-reconcile', 'waiting', '{\"remove\": \"none\"}')");
        enter(owner);
        browser.open("/ui/run.xhtml?id=" + run);

        browser.go("button[name=stop]");
        browser.see("#state.stopped");
        browser.picture("run-stopped");
        browser.go("button[name=restart]");
        browser.see("#state.completed");

        assertThat(site.text("select state from job_run where id = '" + run + "'"))
                .isEqualTo("completed");
        assertThat(browser.all("button[name=stop]")).isEmpty();
        assertThat(browser.all("button[name=restart]")).isEmpty();
    }

    @Test
    void a_receipt_is_verified_in_the_page_and_downloaded() throws Exception {
        var purge = erased();
        enter(owner);
        browser.open("/ui/purges.xhtml");

        var line = browser.find("#purges tbody tr");
        var text = line.getText();
        browser.click("#purges tbody .acts a");
        var file = browser.download();

        assertThat(text).contains("Genuine", "Done");
        var receipt = Files.readString(file);
        var key = browser.find("#keys code").getText();
        assertThat(receipt).contains("coffer.erasure-receipt/1", purge);
        assertThat(browser.find("#keys").getText()).contains("Ed25519");
        assertThat(SignedReceipt.genuine(receipt, key)).isTrue();
        assertThat(SignedReceipt.genuine(receipt.replace(purge, system.id().toString()), key))
                .isFalse();
        site.sql(
                "update purge set receipt = replace(receipt, '\"replayed\":false', '\"replayed\":true')"
                        + " where id = '"
                        + purge
                        + "'");
        browser.open("/ui/purges.xhtml");
        assertThat(browser.find("#purges tbody tr").getText()).contains("Not genuine");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void an_alert_is_acknowledged_once_with_a_note_that_a_reader_sees() {
        var alert = alert(system, "backup.odd-size");
        enter(admin);
        browser.open("/ui/alerts.xhtml?severity=warning");

        browser.go("#alerts tbody th a[href*='" + alert + "']");
        browser.type("#words", "The disk was replaced <b>today</b>.");
        browser.twice("button[name=acknowledge]");
        var notice = browser.see(".notice").getText();
        browser.forget();
        enter(reader);
        browser.open("/ui/alert.xhtml?id=" + alert);

        assertThat(notice).isEqualTo("You have acknowledged this alert.");
        assertThat(browser.find("#note").getText())
                .isEqualTo("The disk was replaced <b>today</b>.");
        assertThat(browser.text()).contains("Name of " + admin.username());
        assertThat(browser.all("button[name=acknowledge]")).isEmpty();
        assertThat(
                        site.number(
                                "select count(*) from audit_entry where action = 'alert.acknowledged' and subject ="
                                        + " 'system:"
                                        + system.id()
                                        + "'"))
                .isEqualTo(1);
        browser.open("/ui/alerts.xhtml?seen=no");
        assertThat(browser.all("a[href*='" + alert + "']")).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_reader_is_offered_nothing_of_this_and_a_stranger_sees_no_alert() {
        var alert = alert(site.system(customer), "backup.odd-kind");
        var client = PageClient.of(reader);
        var stranger = PageClient.of(PageSite.account(site.customer(), "admin"));

        var page = client.get("/ui/alert.xhtml?id=" + alert);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .doesNotContain("name=\"acknowledge\"", "/ui/jobs.xhtml", "/ui/purges.xhtml");
        for (var path : List.of("jobs", "job", "run", "purges", "storage")) {
            assertThat(
                            client.get("/ui/" + path + ".xhtml?name=gdpr-purge&id=" + alert)
                                    .statusCode())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(stranger.get("/ui/alert.xhtml?id=" + alert).statusCode()).isEqualTo(404);
        assertThat(stranger.get("/ui/alerts.xhtml").body()).doesNotContain(alert);
        var form = PageClient.hidden(client.get("/ui/overview.xhtml").body(), "frame");
        form.put("acknowledge", alert);
        form.put("id", alert);
        client.with("Sec-Fetch-Site", "same-origin").post("/ui/alert.xhtml?id=" + alert, form);
        assertThat(site.text("select acknowledged_at from alert where id = '" + alert + "'"))
                .isNull();
    }

    @Test
    void a_search_jumps_to_what_there_is_one_of() {
        var backup = site.client(system).ids().getFirst();
        var here = "/ui/system.xhtml?id=" + system.id();
        var client = PageClient.of(reader);
        var stranger = PageClient.of(PageSite.account(site.customer(), "reader"));
        for (var text :
                List.of("operations%20headq", system.key(), system.id().toString(), backup)) {
            var answer = client.get("/ui/search.xhtml?q=" + text);

            assertThat(answer.headers().firstValue("Location").orElse(answer.body()))
                    .as(text)
                    .startsWith(here);
        }
        enter(reader);
        browser.type("#find", "operations headq\n");
        browser.awaitPath(here);

        assertThat(stranger.get("/ui/search.xhtml?q=" + backup).body())
                .contains("Nothing you may see");
        assertThat(stranger.get("/ui/search.xhtml?q=" + system.id()).statusCode()).isEqualTo(200);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void what_is_installed_is_shown_without_a_secret() {
        var page = PageClient.of(owner).get("/ui/about.xhtml").body();
        var less = PageClient.of(reader).get("/ui/about.xhtml").body();

        assertThat(page).contains("coffer.keys.pepper.k1", "********", "primefaces", "Apache-2.0");
        assertThat(page).contains("coffer.intake.rate-per-minute", ">5000<");
        for (var secret : secrets()) {
            assertThat(page).doesNotContain(secret);
        }
        assertThat(less).contains("primefaces").doesNotContain("coffer.keys", "id=\"settings\"");
    }

    @Test
    void every_page_of_operations_is_for_everybody_in_every_colour_width_and_language() {
        var alert = alert(site.system(customer), "backup.odd-cadence");
        var run =
                site.text(
                        "select id from job_run where state = 'completed' order by requested_at desc limit 1");
        var judge = new Judge(browser);
        enter(PageSite.account(PageSite.owner(), "super-admin"));
        for (var language : List.of("en", "it")) {
            judge.open("/ui/overview.xhtml", "overview-full-" + language);
            assertThat(browser.all(".strip .h40")).hasSize(1);
            judge.open("/ui/jobs.xhtml", "jobs-" + language);
            judge.open("/ui/job.xhtml?name=retention-audit", "job-" + language);
            judge.open("/ui/run.xhtml?id=" + run, "run-" + language);
            judge.open("/ui/purges.xhtml", "purges-" + language);
            judge.open("/ui/alerts.xhtml", "alerts-" + language);
            judge.open("/ui/alert.xhtml?id=" + alert, "alert-" + language);
            judge.open("/ui/storage.xhtml", "storage-" + language);
            judge.open("/ui/about.xhtml", "about-" + language);
            judge.open("/ui/search.xhtml?q=operations", "search-" + language);
            browser.go("[id='frame:other']");
        }

        assertThat(judge.wrong()).isEmpty();
    }

    private static void enter(People.Account account) {
        browser.signIn(account.username(), People.PASSWORD);
    }

    private static String alert(Seed.Firewall about, String code) {
        var id = UUID.randomUUID().toString();
        site.sql(
                "insert into alert (id, code, subject, severity, arguments, opened_at) values ('"
                        + id
                        + "', '"
                        + code
                        + "', 'system:"
                        + about.id()
                        + "', 'warning', '{\"usual_bytes\": 9000}', coffer_now())");
        return id;
    }

    /** A system that is gone for good; what an erasure waits for is over at once. */
    private static String erased() {
        var gone = site.system(customer);
        site.client(gone).upload(PageSite.bytes(2_000, 3), "gone.tar.gz");
        var person = PersonClient.signIn(site.node(), owner.username(), People.PASSWORD);
        person.delete("/api/systems/" + gone.id());
        var purge =
                person.delete("/api/systems/" + gone.id() + "/destroy").text("data", "purge_id");
        Wait.until(
                "the erasure is done",
                PATIENCE,
                () -> {
                    site.sql(
                            "update purge set wait_until = coffer_now() where id = '"
                                    + purge
                                    + "'");
                    site.sql(
                            "update purge_place set first_at = first_at - interval '1 hour', looked_at ="
                                    + " looked_at - interval '1 hour' where purge_id = '"
                                    + purge
                                    + "'");
                    return "DONE"
                            .equals(
                                    site.text(
                                            "select state from purge where id = '" + purge + "'"));
                });
        return purge;
    }

    private static List<String> secrets() {
        return site.instance().settings().entrySet().stream()
                .filter(one ->
                        one.getKey().contains("password")
                                || one.getKey().contains("secret")
                                || one.getKey().contains("coffer.keys"))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void name(Seed.Firewall one, String name) {
        site.sql("update appliance set name = $$" + name + "$$ where id = '" + one.id() + "'");
    }
}
