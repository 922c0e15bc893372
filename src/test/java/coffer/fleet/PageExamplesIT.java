package coffer.fleet;

import static coffer.fleet.OrganizationBed.made;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Page;
import coffer.launch.People;
import coffer.launch.Seed;
import coffer.launch.TestSite;
import coffer.launch.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What pages tell administrators and appliances to type works as it stands there. */
class PageExamplesIT {

    private final TestSite site = FleetSite.shared();

    @TempDir private Path folder;

    @Test
    void getting_started_sends_a_backup_gets_it_back_and_tries_the_rest() throws IOException {
        var page = Page.at("docs/en/getting-started.md").blocks("sh");
        var roundTrip = Page.at("README.md").blocks("sh").get(1);
        var system = site.system();

        var output =
                bash(
                        Map.of(),
                        roundTrip
                                        .replace("http://127.0.0.1:9080", server())
                                        .replace("<system_key>", system.key())
                                        .replace("<system_secret>", system.secret())
                                + page.get(1));

        assertThat(page).hasSize(2);
        assertThat(page.getFirst()).isEqualTo("./mvnw\n");
        assertThat(output)
                .contains(
                        "backup stored",
                        "backups listed",
                        "the same bytes",
                        "heartbeat acknowledged",
                        "\"status\":\"active\"",
                        "Inventory received and queued for processing",
                        "backup deleted");
        assertThat(site.client(system).ids()).isEmpty();
    }

    @Test
    void roles_signs_in_changes_the_password_makes_an_account_and_a_key() throws IOException {
        var page = Page.at("docs/en/roles.md").blocks("sh");
        var account = FleetSite.account(FleetSite.owner(), "super-admin");
        var anna = "anna-" + UUID.randomUUID();

        var output =
                bash(
                        Map.of(),
                        String.join("", page)
                                .replace("http://localhost:9080", server())
                                .replace(
                                        "\"admin\",\"pass", "\"" + account.username() + "\",\"pass")
                                .replace("<printed>", People.PASSWORD)
                                .replace("\"anna\"", "\"" + anna + "\""));

        assertThat(page).hasSize(3);
        assertThat(output)
                .contains(
                        "password changed",
                        "\"username\":\"" + account.username() + "\"",
                        "\"username\":\"" + anna + "\"",
                        "\"initial_password\":\"",
                        "users listed");
    }

    @Test
    void the_fleets_page_signs_in_and_lists() throws IOException {
        Tool.named("jq");
        var page = Page.at("docs/en/fleet.md").blocks("sh");
        var account = FleetSite.account(FleetSite.owner(), "admin");

        var output =
                bash(
                        Map.of("COFFER", server()),
                        String.join("", page)
                                .replace("\"admin\"", "\"" + account.username() + "\"")
                                .replace("…", People.PASSWORD));

        assertThat(page).hasSize(1);
        assertThat(output).contains("organizations listed");
    }

    @Test
    void an_appliance_enrols_sends_a_folder_encrypted_and_gets_it_back() throws IOException {
        var page = Page.at("docs/en/appliances.md");
        var shell = page.blocks("sh");
        var owner = FleetSite.person(FleetSite.owner(), "super-admin");
        var customer = made(owner, "customer", FleetSite.owner().toString(), "Scripted");
        var created =
                owner.post(
                                "/systems",
                                "{\"organization_id\": \"%s\", \"name\": \"fw\"}"
                                        .formatted(customer))
                        .data();
        var key = created.path("system_key").asText();
        var secret = created.path("system_secret").asText();
        var conf = folder.resolve("coffer");
        var what = Files.createDirectories(folder.resolve("what"));
        Files.writeString(what.resolve("network"), "eth0\n");

        var enrolled =
                bash(
                        Map.of(),
                        shell.get(0)
                                .replace("/etc/coffer", conf.toString())
                                .replace("the secret", secret)
                                .replace("https://coffer.example.org", server()));
        Files.writeString(conf.resolve("key"), key + "\n");
        bash(
                Map.of(
                        "COFFER", server(),
                        "COFFER_CONF", conf.toString(),
                        "COFFER_WHAT", what.toString()),
                page.blocks("bash").getFirst());
        var stored =
                site.client(new Seed.Firewall(UUID.randomUUID(), key, secret)).ids().getFirst();
        var back =
                bash(
                        Map.of("KEY", key, "SECRET", secret),
                        "cd '"
                                + conf
                                + "'\n"
                                + shell.get(2)
                                        .replace("/ID", "/" + stored)
                                        .replace("https://coffer.example.org", server()));

        assertThat(page.blocks("bash")).hasSize(1);
        assertThat(enrolled).contains("system registered successfully", key);
        assertThat(stored).endsWith(".gpg");
        assertThat(back).contains("backups listed", "./network");
        assertThat(
                        owner.get("/systems/" + created.path("system").path("id").asText())
                                .data()
                                .path("status")
                                .asText())
                .isEqualTo("active");
        site.check();
    }

    /** There is no systemd where tests run: the units are read, not started. */
    @Test
    void the_units_of_the_timer_name_the_script_and_each_other() {
        var page = Page.at("docs/en/appliances.md");
        var units = page.blocks("ini");
        var shell = page.blocks("sh");

        assertThat(shell).hasSize(3);
        assertThat(units).hasSize(2);
        assertThat(units.get(0))
                .contains("[Service]\nType=oneshot\nExecStart=/usr/local/sbin/coffer-backup\n");
        assertThat(units.get(1))
                .contains("[Timer]\nOnCalendar=", "[Install]\nWantedBy=timers.target\n");
        assertThat(shell.get(1))
                .contains("enable --now coffer-backup.timer", "start coffer-backup.service");
    }

    /** Stops at the first line that fails; the tools of the pages are needed. */
    private String bash(Map<String, String> environment, String script) throws IOException {
        Tool.named("curl");
        Tool.named("gpg");
        var all = new HashMap<>(environment);
        all.put("GNUPGHOME", Files.createDirectories(folder.resolve("gnupg")).toString());
        return Tool.named("bash")
                .run(all, List.of("-ec", "cd '" + folder + "'\n" + script))
                .orThrow()
                .output();
    }

    private String server() {
        return site.node().uri().toString();
    }
}
