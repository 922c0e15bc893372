package coffer.ui;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;
import coffer.launch.Wait;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What an administrator does to systems, in a real browser. */
@ExtendWith(Desk.class)
class SystemDeedsIT {

    private static Chromium browser;
    private static TestSite site;
    private static UUID customer;
    private static People.Account admin;

    @TempDir private Path folder;

    @BeforeAll
    static void begin(Chromium own) {
        browser = own;
        site = PageSite.site();
        customer = site.customer();
        admin = PageSite.account(customer, "super-admin");
    }

    @BeforeEach
    void at_the_desk() {
        browser.signIn(admin.username(), People.PASSWORD);
    }

    @Test
    void a_system_is_created_once_and_sends_a_backup_by_the_commands_shown() throws IOException {
        browser.open("/ui/new-system.xhtml");
        browser.picture("new-system-1440-light");
        browser.type("#name", "Büro <b>Nord</b>");
        browser.type("#type", "firewall");
        browser.twice("#create");
        browser.see("[data-once]");
        browser.picture("secret-1440-light");
        var secret = browser.find("#secret").getText();
        var put = browser.find("#put").getText();
        var send = browser.find("#send").getText();

        shell(put);
        var first = shell(send);
        browser.script("location.reload()");
        browser.awaitPath("/ui/system.xhtml?id=");
        browser.see("#tab-backups");
        var after = browser.text();
        browser.go("#tab-backups");
        var listed = browser.see("#stored").getText();

        assertThat(secret).matches("cof_[0-9a-f]{20}\\.[0-9a-f]{40}");
        assertThat(first).contains("\"code\":201");
        assertThat(after).contains("Büro <b>Nord</b>").doesNotContain(secret);
        assertThat(listed).contains(".tar.gz.gpg", "Encrypted (OpenPGP, passphrase)");
        assertThat(site.number("select count(*) from appliance where name like 'Büro <b>%'"))
                .isOne();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_replaced_secret_is_told_once_and_ends_the_old_one() throws IOException {
        var system = system("to be rotated");
        Files.writeString(folder.resolve("key"), system.key());
        Files.writeString(folder.resolve("passphrase"), "a test");
        browser.open("/ui/system.xhtml?id=" + system.id());

        browser.click("#actions summary");
        browser.go("#open-regenerate-secret");
        browser.go("#go");
        var put = browser.see("#put").getText();
        var send = browser.find("#send").getText();
        browser.go("#to-system");
        shell(put);

        assertThat(shell(send)).contains("\"code\":201");
        assertThat(site.client(system).list().status()).isEqualTo(401);
        assertThat(browser.text()).doesNotContain("cof_");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_system_is_edited_suspended_and_given_to_another_organization() {
        var system = system("to be given away");
        var reseller = PageSite.account(PageSite.owner(), "admin");
        browser.open("/ui/system.xhtml?id=" + system.id());
        browser.click("#actions summary");
        browser.go("#open-update");
        browser.find("#name").clear();
        browser.type("#name", "edited");
        browser.type("#cadence", "12");
        browser.go("#go");
        var edited = browser.see("h1").getText();
        browser.click("#actions summary");
        browser.click("button[name=do-suspend]");
        var question = browser.see("[data-words]").getText();
        browser.go("[data-yes]");
        var suspended = browser.see(".notice").getText();
        var refused = site.client(system).list().status();
        browser.click("#actions summary");
        browser.go("button[name=do-reactivate]");

        browser.forget();
        browser.signIn(reseller.username(), People.PASSWORD);
        var target = site.customer();
        var name = site.text("select name from organization where id = '" + target + "'");
        browser.open(
                "/ui/system.xhtml?id="
                        + system.id()
                        + "&do=reassign&find="
                        + name.replace(" ", "%20"));
        browser.script("document.getElementById('target').value = '" + target + "'");
        browser.go("#go");
        browser.see(".notice");

        assertThat(edited).startsWith("edited");
        assertThat(question).contains("edited");
        assertThat(suspended).contains("suspended");
        assertThat(refused).isEqualTo(401);
        assertThat(text("organization_id", system)).isEqualTo(target.toString());
        assertThat(text("cadence_seconds", system)).isEqualTo("43200");
        assertThat(site.client(system).list().status()).isEqualTo(200);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void a_deleted_system_comes_back_and_a_destroyed_one_leaves_a_receipt() throws IOException {
        var system = system("to be erased");
        site.client(system).upload(PageSite.bytes(1_000, 4), "a.gpg");
        browser.open("/ui/system.xhtml?id=" + system.id());
        press("delete");
        var deleted = site.client(system).list().status();
        browser.click("#actions summary");
        browser.go("button[name=do-restore]");
        browser.see(".notice");
        var restored = site.client(system).list().status();
        press("delete");
        browser.click("#actions summary");
        browser.go("#open-destroy");
        browser.type("#typed", "something else");
        browser.go("#go");
        var refusal = browser.see("#refusal").getText();
        browser.picture("destroy-1440-light");
        browser.type("#typed", "to be erased");
        browser.go("#go");
        browser.awaitPath("/ui/purge.xhtml?id=");
        browser.picture("purge-1440-light");
        var receipt = receipt();

        assertThat(receipt).contains(system.id().toString(), "\"signature\"");
        assertThat(deleted).isEqualTo(401);
        assertThat(restored).isEqualTo(200);
        assertThat(refusal).contains("not the name");
    }

    @Test
    void a_session_that_ends_during_a_click_changes_nothing_and_comes_back() {
        var system = system("kept");
        browser.open("/ui/system.xhtml?id=" + system.id());
        browser.click("#actions summary");
        browser.click("button[name=do-delete]");
        browser.see("[data-yes]");
        browser.forget();
        browser.go("[data-yes]");
        browser.awaitPath("/ui/sign-in.xhtml");
        browser.type("#username", admin.username());
        browser.type("#password", People.PASSWORD);
        browser.go("#enter");
        browser.awaitPath("/ui/system.xhtml?id=" + system.id());

        assertThat(browser.see(".notice").getText()).contains("Nothing was changed");
        assertThat(text("deleted_at", system)).isNull();
    }

    @Test
    void back_after_a_deed_shows_how_it_is_now_and_does_nothing_again() {
        var system = system("back and forth");
        browser.open("/ui/system.xhtml?id=" + system.id());
        press("suspend");
        browser.script("history.back()");
        browser.see("main > .failure");

        assertThat(browser.text()).contains("This system is suspended");
        assertThat(
                        site.number(
                                "select count(*) from audit_entry where action = 'system.suspended'"
                                        + " and subject = 'system:"
                                        + system.id()
                                        + "'"))
                .isOne();
    }

    /** Waits for the end; what only waits for a time is told that it has passed. */
    private static String receipt() throws IOException {
        Wait.until(
                "the erasure is done",
                Duration.ofSeconds(240),
                () -> {
                    site.sql("update purge set wait_until = requested_at");
                    site.sql(
                            "update purge_place set looked_at = looked_at - interval '11 minutes'"
                                    + " where looks = 1");
                    browser.open(browser.path());
                    return !browser.all("#receipt").isEmpty();
                });
        browser.click("#receipt");
        return Files.readString(browser.download());
    }

    private static void press(String deed) {
        browser.click("#actions summary");
        browser.click("button[name=do-" + deed + "]");
        browser.see("[data-yes]");
        browser.go("[data-yes]");
        browser.see(".notice");
    }

    private static Seed.Firewall system(String name) {
        var system = site.system(customer);
        site.sql("update appliance set name = '" + name + "' where id = '" + system.id() + "'");
        return system;
    }

    private static String text(String column, Seed.Firewall system) {
        return site.text("select " + column + " from appliance where id = '" + system.id() + "'");
    }

    /** Runs what a page shows, as it stands. */
    private String shell(String commands) throws IOException {
        var what = folder.resolve("what");
        Files.createDirectories(what);
        Files.writeString(what.resolve("hostname"), "here");
        Tool.named("curl");
        Tool.named("gpg");
        return Tool.named("sh")
                .run(
                        Map.of(
                                "COFFER_CONF", folder.toString(),
                                "COFFER_WHAT", what.toString(),
                                "GNUPGHOME", folder.toString()),
                        List.of("-ec", commands))
                .orThrow()
                .output();
    }
}
