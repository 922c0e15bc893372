package coffer.storage;

import static coffer.storage.StoreFixture.METADATA;
import static coffer.storage.StoreFixture.bytes;
import static coffer.storage.StoreFixture.found;
import static coffer.storage.StoreFixture.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A store over TLS, whose certificate only {@code coffer.destination.<name>.authorities} names. */
class TlsStoreIT {

    private static final String PASSWORD = "of-a-test";

    @TempDir static Path folder;

    private static EmbeddedStore embedded;

    @BeforeAll
    static void start() throws Exception {
        certificate("store");
        certificate("other");
        embedded =
                EmbeddedStore.overTls(
                        folder.resolve("data"), folder.resolve("store.p12"), PASSWORD);
    }

    @AfterAll
    static void stop() throws Exception {
        embedded.close();
    }

    @Test
    void bytes_go_there_and_back_when_its_authority_is_trusted() throws Exception {
        var small = bytes(10_000);
        var large = bytes(9 << 20); // above the signed payload
        try (var destinations = trusting("store").open()) {
            for (var bytes : List.of(small, large)) {
                var address = address();
                assertThat(destinations.writer("primary").put(address, payload(bytes), METADATA))
                        .isInstanceOf(PutOutcome.Stored.class);
                try (var content =
                        found(
                                destinations
                                        .reader("primary")
                                        .get(address, null, Optional.empty()))) {
                    assertThat(content.stream().readAllBytes()).isEqualTo(bytes);
                }
                assertThat(destinations.eraser("primary").erase(List.of(address)))
                        .containsEntry(address, new EraseOutcome.Erased());
            }
        }
    }

    @Test
    void the_probe_sees_the_same_as_without_tls() {
        try (var destinations = trusting("store").open()) {
            var seen =
                    CapabilityProbe.run(
                            destinations.destination("primary"),
                            TestStore.INSTALLATION,
                            Clock.systemUTC());

            assertThat(seen.present())
                    .contains(
                            Capability.SIGNED_DIGEST,
                            Capability.CONDITIONAL_PUT,
                            Capability.PRESIGN_OVERRIDES);
        }
    }

    @Test
    void a_store_that_an_unknown_authority_vouches_for_gets_no_bytes() {
        for (var store : List.of(embedded.store(), trusting("other"))) {
            try (var destinations = store.open()) {
                assertThat(
                                destinations
                                        .writer("primary")
                                        .put(address(), payload(bytes(10)), METADATA))
                        .isInstanceOfSatisfying(
                                PutOutcome.Unavailable.class,
                                away -> assertThat(away.cause()).contains("certification path"));
                assertThat(destinations.destination("primary").check().state())
                        .isEqualTo(Destination.State.AWAY);
            }
        }
    }

    @Test
    void a_file_without_certificates_ends_the_start() throws Exception {
        var empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> embedded.store().trusting(empty).open())
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> embedded.store().trusting(folder.resolve("none.pem")).open())
                .hasMessageContaining("none.pem");
    }

    private static TestStore trusting(String authority) {
        return embedded.store().trusting(folder.resolve(authority + ".pem"));
    }

    private static Address address() {
        return new Address(TestStore.INSTALLATION, UUID.randomUUID(), UUID.randomUUID());
    }

    /** A key that vouches for itself, and its certificate. */
    private static void certificate(String name) throws IOException, InterruptedException {
        var keys = folder.resolve(name + ".p12").toString();
        keytool(
                "-genkeypair",
                "-keystore",
                keys,
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2");
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                keys,
                "-alias",
                name,
                "-file",
                folder.resolve(name + ".pem").toString());
    }

    private static void keytool(String... words) throws IOException, InterruptedException {
        var command =
                new java.util.ArrayList<String>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString()));
        command.addAll(List.of(words));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said =
                new String(
                        process.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
