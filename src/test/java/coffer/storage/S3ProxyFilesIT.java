package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

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
}
