package coffer.fleet;

import static coffer.fleet.OrganizationsIT.made;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;
import coffer.launch.People;
import coffer.launch.TestSite;
import coffer.launch.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/** What the documentation shows administrators and appliances works as it stands there. */
class FleetExamplesIT {

    private static final Pattern SCRIPT = Pattern.compile("(?ms)^```bash\n(.*?)^```$");

    private final TestSite site = FleetSite.shared();

    @Test
    void the_example_builds_a_tree_and_does_a_distributors_day() {
        Tool.named("jq");
        Tool.named("curl");
        var account = FleetSite.account(FleetSite.owner(), "super-admin");

        var run =
                Tool.named("bash")
                        .run(
                                Map.of(
                                        "COFFER", site.node().uri().toString(),
                                        "COFFER_USER", account.username(),
                                        "COFFER_PASSWORD", People.PASSWORD),
                                List.of(
                                        Checkout.root()
                                                .resolve("docs/examples/fleet.sh")
                                                .toString()))
                        .orThrow();

        assertThat(run.output())
                .contains(
                        "example-fw-1\tExample Bianchi\tfresh\t2 backups",
                        "stored, pinned until 20",
                        "configuration 1",
                        "the appliance gets 200",
                        "old 200, new 200",
                        "before: old 200, new 401",
                        "after:  old 401, new 200",
                        "the appliances get 401 and 401");
        site.check();
    }

    @Test
    void the_appliances_script_encrypts_and_sends_a_folder(@TempDir Path folder)
            throws IOException {
        Tool.named("curl");
        var gpg = Tool.named("gpg");
        var owner = FleetSite.person(FleetSite.owner(), "super-admin");
        var customer = made(owner, "customer", FleetSite.owner().toString(), "Scripted");
        var system = site.system(UUID.fromString(customer));
        Files.writeString(folder.resolve("key"), system.key() + "\n");
        Files.writeString(folder.resolve("secret"), system.secret() + "\n");
        Files.writeString(folder.resolve("passphrase"), "for the test\n");
        var what = Files.createDirectories(folder.resolve("what"));
        Files.writeString(what.resolve("network"), "eth0\n");
        var home = Files.createDirectories(folder.resolve("gnupg"));
        var script = folder.resolve("coffer-backup");
        var page = Files.readString(Checkout.root().resolve("docs/en/appliances.md"));
        var block = SCRIPT.matcher(page);
        assertThat(block.find()).isTrue();
        Files.writeString(script, block.group(1));

        Tool.named("sh")
                .run(
                        Map.of(
                                "COFFER", site.node().uri().toString(),
                                "COFFER_CONF", folder.toString(),
                                "COFFER_WHAT", what.toString(),
                                "GNUPGHOME", home.toString()),
                        List.of(script.toString()))
                .orThrow();
        var client = site.client(system);
        var stored = client.ids();
        var cipher = folder.resolve("back.gpg");
        Files.write(cipher, client.download(stored.getFirst()).bytes());
        var plain =
                gpg.run(
                        Map.of("GNUPGHOME", home.toString()),
                        List.of(
                                "--batch",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase-file",
                                folder.resolve("passphrase").toString(),
                                "-o",
                                folder.resolve("back.tar.gz").toString(),
                                "-d",
                                cipher.toString()));

        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst()).endsWith(".gpg");
        assertThat(plain.exit()).as(plain.errors()).isZero();
        assertThat(Tool.named("tar").run("-tzf", folder.resolve("back.tar.gz").toString()).output())
                .contains("network");
        assertThat(owner.get("/systems/" + system.id()).data().path("status").asText())
                .isEqualTo("active");
        site.check();
    }
}
