package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** S3Proxy in memory: the embedded store that keeps versions. */
class S3ProxyVersionsIT extends VersionedStoreContract {

    private static EmbeddedStore embedded;

    @BeforeAll
    static void start() throws Exception {
        embedded = EmbeddedStore.withVersions();
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
                        Capability.PRESIGN_OVERRIDES,
                        Capability.VERSIONING,
                        Capability.SSE_HEADER);
    }
}
