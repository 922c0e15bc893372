package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import coffer.launch.FaultProxy.Fault;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** The store that {@code ./mvnw} starts: S3Proxy on a folder. */
class S3ProxyFilesIT extends ObjectStoreContract {

    @TempDir static Path folder;

    private static EmbeddedStore embedded;

    @BeforeAll
    static void start() throws Exception {
        embedded = EmbeddedStore.onFiles(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        embedded.close();
    }

    @Override
    protected TestStore store() {
        return embedded.store();
    }

    @Test
    void the_probe_sees_what_it_can_do() {
        assertThat(probed().present())
                .containsExactlyInAnyOrder(
                        Capability.CONDITIONAL_PUT,
                        Capability.SIGNED_DIGEST,
                        Capability.CHECKSUM_HEADER,
                        Capability.TRAILING_CHECKSUM,
                        Capability.BATCH_DELETE,
                        Capability.PRESIGN_OVERRIDES);
    }

    @Test
    void a_store_without_batch_deletion_is_erased_one_by_one() {
        proxy.fault(Fault.ANSWER_501, "DeleteObjects");
        var unasked = List.of(put(bytes(10)), put(bytes(10)));
        var outcomes = eraser().erase(unasked);

        assertThat(outcomes.values()).hasOnlyElementsOfType(EraseOutcome.Erased.class);
        assertThat(proxy.count("DeleteObject")).isEqualTo(2);

        assertThat(probed().present()).doesNotContain(Capability.BATCH_DELETE);
        var asked = List.of(put(bytes(10)), put(bytes(10)), address());
        proxy.resetCounts();

        assertThat(eraser().erase(asked).values()).hasOnlyElementsOfType(EraseOutcome.Erased.class);
        assertThat(proxy.count("DeleteObjects")).isZero();
        assertThat(asked)
                .allSatisfy(address ->
                        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Nothing()));
    }
}
