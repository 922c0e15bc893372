package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

import java.util.List;
import java.util.Optional;

/** Ceph with three keys held apart by the documented bucket policy. */
class CephHeavyIT {

    private static CephServer ceph;
    private static TestStore plain;
    private static TestStore locked;
    private static S3Client owner;

    @BeforeAll
    static void start() throws Exception {
        ceph = new CephServer();
        owner = ceph.admin();
        plain = ceph.bucket("plain", false, false);
        locked = ceph.bucket("locked", true, true);
    }

    @AfterAll
    static void stop() throws Exception {
        owner.close();
        ceph.close();
    }

    /** A bucket without versions. */
    @Nested
    class Plain extends ObjectStoreContract {

        @Override
        protected TestStore store() {
            return plain;
        }

        @Override
        protected S3Client stranger() {
            return ceph.admin();
        }

        @Test
        void the_probe_sees_what_it_can_do() {
            assertThat(probed().present())
                    .containsExactlyInAnyOrder(
                            Capability.CONDITIONAL_PUT,
                            Capability.SIGNED_DIGEST,
                            Capability.BATCH_DELETE,
                            Capability.PRESIGN_OVERRIDES);
        }

        @Test
        void the_writer_can_neither_read_nor_list_nor_delete() {
            var address = put(bytes(10));
            try (var writer = EmbeddedStore.plain(plain, plain.writer())) {
                denied(() -> writer.getObject(g -> g.bucket("plain").key(address.text())));
                denied(() -> writer.headObject(g -> g.bucket("plain").key(address.text())));
                denied(() -> writer.listObjectsV2(l -> l.bucket("plain")));
                denied(() -> writer.deleteObject(d -> d.bucket("plain").key(address.text())));
            }
        }

        @Test
        void the_reader_can_neither_write_nor_delete() {
            var address = put(bytes(10));
            try (var reader = EmbeddedStore.plain(plain, plain.reader())) {
                denied(() ->
                        reader.putObject(
                                p -> p.bucket("plain").key(address.text()),
                                software.amazon.awssdk.core.sync.RequestBody.fromString("x")));
                denied(() -> reader.deleteObject(d -> d.bucket("plain").key(address.text())));
            }
        }

        @Test
        void the_eraser_can_neither_read_nor_write() {
            var address = put(bytes(10));
            try (var eraser = EmbeddedStore.plain(plain, plain.eraser())) {
                denied(() -> eraser.getObject(g -> g.bucket("plain").key(address.text())));
                denied(() ->
                        eraser.putObject(
                                p -> p.bucket("plain").key(address.text()),
                                software.amazon.awssdk.core.sync.RequestBody.fromString("x")));
            }
        }

        @Test
        void no_key_reaches_another_installation_in_the_same_bucket() {
            owner.putObject(
                    p -> p.bucket("plain").key("another/systems/x"),
                    software.amazon.awssdk.core.sync.RequestBody.fromString("x"));
            try (var writer = EmbeddedStore.plain(plain, plain.writer());
                    var reader = EmbeddedStore.plain(plain, plain.reader());
                    var eraser = EmbeddedStore.plain(plain, plain.eraser())) {
                denied(() ->
                        writer.putObject(
                                p -> p.bucket("plain").key("another/systems/x"),
                                software.amazon.awssdk.core.sync.RequestBody.fromString("y")));
                denied(() -> reader.getObject(g -> g.bucket("plain").key("another/systems/x")));
                denied(() -> eraser.deleteObject(d -> d.bucket("plain").key("another/systems/x")));
            }
        }

        @Test
        void coffers_own_classes_are_refused_what_their_key_is_not_for() {
            var address = put(bytes(10));
            var crossed =
                    new TestStore(
                            plain.endpoint(),
                            "plain",
                            plain.reader(),
                            plain.eraser(),
                            plain.writer());
            try (var destinations = crossed.open()) {
                assertThat(
                                destinations
                                        .writer("primary")
                                        .put(address(), payload(bytes(10)), metadata()))
                        .isInstanceOf(PutOutcome.Refused.class);
                assertThat(destinations.reader("primary").get(address, null, Optional.empty()))
                        .isInstanceOf(ReadOutcome.Refused.class);
                assertThat(destinations.eraser("primary").erase(List.of(address)).get(address))
                        .isInstanceOf(EraseOutcome.Failed.class);
            }
        }
    }

    /** A bucket with versions and object lock. */
    @Nested
    class Locked extends LockedStoreContract {

        @Override
        protected TestStore store() {
            return locked;
        }

        @Override
        protected S3Client owner() {
            return owner;
        }

        @Override
        protected S3Client stranger() {
            return ceph.admin();
        }

        @Test
        void the_probe_sees_what_it_can_do() {
            assertThat(probed().present())
                    .containsExactlyInAnyOrder(
                            Capability.SIGNED_DIGEST,
                            Capability.BATCH_DELETE,
                            Capability.PRESIGN_OVERRIDES,
                            Capability.VERSIONING,
                            Capability.OBJECT_LOCK);
        }
    }

    private static void denied(Runnable attempt) {
        org.assertj.core.api.Assertions.assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        S3Exception.class,
                        thrown -> assertThat(thrown.statusCode()).isEqualTo(403));
    }
}
