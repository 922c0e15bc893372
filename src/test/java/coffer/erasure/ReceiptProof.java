package coffer.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.Checkout;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

/** Checks a receipt as whoever holds one does: by the stand-alone program and the public key. */
final class ReceiptProof {

    private ReceiptProof() {}

    /** By the stand-alone program, as whoever holds a receipt runs it. */
    static void check(PurgeSite purges, JsonNode receipt, Path folder) throws Exception {
        var key =
                purges.call(purges.owner(), "GET", "/api/purges/keys")
                        .data()
                        .path("keys")
                        .path(0)
                        .path("public_key")
                        .asText();
        var file = Files.writeString(folder.resolve("receipt.json"), receipt.toString());
        var keyFile = Files.writeString(folder.resolve("receipt.pub"), key);
        Files.copy(
                file,
                Checkout.root().resolve("target/erasure-receipt.json"),
                StandardCopyOption.REPLACE_EXISTING); // for docs/format/erasure-receipt.md
        var changed =
                Files.writeString(
                        folder.resolve("changed.json"),
                        receipt.toString().replaceFirst("\"objects\":3", "\"objects\":4"));
        var said = new ByteArrayOutputStream();
        try (var out = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            assertThat(
                            VerifyReceipt.run(
                                    new String[] {changed.toString(), keyFile.toString()}, out))
                    .isEqualTo(1);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("NOT GENUINE");
        var program = Checkout.root().resolve("src/main/java/coffer/erasure/VerifyReceipt.java");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var output = folder.resolve("verified.txt");
        var process =
                new ProcessBuilder(java, program.toString(), file.toString(), keyFile.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(output))
                .startsWith("genuine: purge " + receipt.path("purge_id").asText());
    }

    /** Without what differs between two erasures of the same. */
    static String masked(JsonNode receipt) {
        return receipt.toString()
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<instant>")
                .replaceAll("\"signature\":\"[^\"]+\"", "<signature>");
    }
}
