package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

import java.nio.file.Files;
import java.nio.file.Path;

/** An S3 server that shares no code with the others, with and without versions. */
class VersityHeavyIT {

    @TempDir static Path folder;

    private static VersityServer plain;
    private static VersityServer versioned;

    @BeforeAll
    static void start() throws Exception {
        var program = VersityServer.program();
        Assumptions.assumeTrue(
                program.isPresent(),
                "versitygw is not on the path and no go can build it: skipped");
        plain =
                VersityServer.start(
                        program.get(), Files.createDirectories(folder.resolve("plain")), false);
        versioned =
                VersityServer.start(
                        program.get(), Files.createDirectories(folder.resolve("versioned")), true);
        try (var admin = EmbeddedStore.admin(plain.store())) {
            admin.createBucket(b -> b.bucket("contract"));
        }
        try (var admin = EmbeddedStore.admin(versioned.store())) {
            admin.createBucket(b -> b.bucket("contract"));
            admin.putBucketVersioning(v ->
                    v.bucket("contract")
                            .versioningConfiguration(
                                    c -> c.status(BucketVersioningStatus.ENABLED)));
        }
    }

    @AfterAll
    static void stop() {
        if (plain != null) {
            plain.close();
        }
        if (versioned != null) {
            versioned.close();
        }
    }

    /** A bucket without versions. */
    @Nested
    class Plain extends ObjectStoreContract {

        @Override
        protected TestStore store() {
            return plain.store();
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

    /** A bucket with versions. */
    @Nested
    class Versioned extends VersionedStoreContract {

        @Override
        protected TestStore store() {
            return versioned.store();
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
                            Capability.VERSIONING);
        }
    }
}
