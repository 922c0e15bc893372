package coffer.intake;

import static coffer.launch.Bodies.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.ApplianceClient;
import coffer.launch.TestSite;
import coffer.launch.Tool;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The main job, as a firewall does it: with the real gpg and curl, on a real server. */
class RoundTripIT {

    private final TestSite site = TestSite.shared();

    @TempDir private Path folder;

    @AfterEach
    void catalogue_and_store_agree() {
        site.check();
    }

    @Test
    void a_backup_encrypted_with_a_passphrase_comes_back_and_decrypts_to_the_same_bytes()
            throws IOException {
        var gpg = Tool.named("gpg");
        var plain = Files.write(folder.resolve("configuration"), bytes(300_000, 1));
        var home = Map.of("GNUPGHOME", home().toString());
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                "correct horse",
                                "--symmetric",
                                "--cipher-algo",
                                "AES256",
                                "-o",
                                folder.resolve("c.gpg").toString(),
                                plain.toString()))
                .orThrow();

        var returned = registerUploadAndDownload(folder.resolve("c.gpg"));
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                "correct horse",
                                "-o",
                                folder.resolve("decrypted").toString(),
                                "--decrypt",
                                returned.toString()))
                .orThrow();

        assertThat(Files.mismatch(plain, folder.resolve("decrypted"))).isEqualTo(-1);
        assertThat(site.number("select count(*) from backup where content_kind = 'pgp-symmetric'"))
                .isPositive();
        stopAgent(home);
    }

    @Test
    void a_backup_encrypted_to_a_recipient_comes_back_and_decrypts_to_the_same_bytes()
            throws IOException {
        var gpg = Tool.named("gpg");
        var plain = Files.write(folder.resolve("configuration"), bytes(2_000_000, 2));
        var home = Map.of("GNUPGHOME", home().toString());
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--passphrase",
                                "",
                                "--quick-generate-key",
                                "firewall@example.org",
                                "ed25519",
                                "cert",
                                "never"))
                .orThrow();
        var print =
                gpg.run(home, List.of("--batch", "--with-colons", "--list-keys"))
                        .orThrow()
                        .output()
                        .lines()
                        .filter(line -> line.startsWith("fpr:"))
                        .findFirst()
                        .orElseThrow()
                        .replaceAll("[^0-9A-F]", "");
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--passphrase",
                                "",
                                "--quick-add-key",
                                print,
                                "cv25519",
                                "encr",
                                "never"))
                .orThrow();
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--trust-model",
                                "always",
                                "--recipient",
                                "firewall@example.org",
                                "-o",
                                folder.resolve("c.gpg").toString(),
                                "--encrypt",
                                plain.toString()))
                .orThrow();

        var returned = registerUploadAndDownload(folder.resolve("c.gpg"));
        gpg.run(
                        home,
                        List.of(
                                "--batch",
                                "--yes",
                                "--pinentry-mode",
                                "loopback",
                                "--passphrase",
                                "",
                                "-o",
                                folder.resolve("decrypted").toString(),
                                "--decrypt",
                                returned.toString()))
                .orThrow();

        assertThat(Files.mismatch(plain, folder.resolve("decrypted"))).isEqualTo(-1);
        stopAgent(home);
    }

    /** With curl, as the printed round trip of the launcher does it. */
    private Path registerUploadAndDownload(Path encrypted) throws IOException {
        var curl = Tool.named("curl");
        var system = site.unregistered();
        var login = system.key() + ":" + system.secret();

        var registered =
                curl.run(
                                "-sS",
                                "--fail-with-body",
                                "-H",
                                "Content-Type: application/json",
                                "-d",
                                "{\"system_secret\": \"" + system.secret() + "\"}",
                                site.node().uri("/api/systems/register").toString())
                        .orThrow();
        var stored =
                curl.run(
                                "-sS",
                                "--fail-with-body",
                                "-u",
                                login,
                                "-H",
                                "X-Filename: c.tar.gz.gpg",
                                "--data-binary",
                                "@" + encrypted,
                                "-H",
                                "Content-Type: application/octet-stream",
                                site.node().uri("/api/systems/backups").toString())
                        .orThrow();
        var listed =
                curl.run(
                                "-sS",
                                "--fail-with-body",
                                "-u",
                                login,
                                site.node().uri("/api/systems/backups").toString())
                        .orThrow();
        var id = ApplianceClient.parse(listed.output()).at("/data/backups/0/id").asText();
        var returned = folder.resolve("returned.gpg");
        curl.run(
                        "-sS",
                        "--fail",
                        "-u",
                        login,
                        "-o",
                        returned.toString(),
                        site.node().uri("/api/systems/backups/" + id).toString())
                .orThrow();

        assertThat(ApplianceClient.parse(registered.output()).at("/data/system_key").asText())
                .isEqualTo(system.key());
        assertThat(ApplianceClient.parse(stored.output()).at("/data/id").asText())
                .isEqualTo(id)
                .endsWith(".gpg");
        assertThat(Files.mismatch(encrypted, returned)).isEqualTo(-1);
        return returned;
    }

    private Path home() throws IOException {
        // Short, for the agent's socket: a test's own folder may be too deep for one.
        return Files.createTempDirectory(
                Path.of(System.getProperty("java.io.tmpdir")),
                "g",
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rwx------")));
    }

    /** gpg leaves an agent behind, which ends by itself once its folder is gone. */
    private static void stopAgent(Map<String, String> home) throws IOException {
        var folder = Path.of(home.get("GNUPGHOME"));
        try (var files = Files.walk(folder)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        }
    }
}
