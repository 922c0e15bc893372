package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What a bucket with versions must do besides. */
public abstract class VersionedStoreContract extends ObjectStoreContract {

    @Test
    void a_put_tells_its_version_and_the_version_can_be_read() {
        var address = address();

        var outcome = writer().put(address, payload(bytes(100)), metadata());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        PutOutcome.Stored.class,
                        stored -> {
                            assertThat(stored.versionId()).isNotNull();
                            assertThat(
                                            found(reader().head(address, stored.versionId()))
                                                    .sizeBytes())
                                    .isEqualTo(100);
                        });
    }

    @Test
    void erasing_takes_every_version_and_every_delete_marker() {
        var address = put(bytes(100));
        assertThat(writer().put(address, payload(bytes(200)), metadata()))
                .isInstanceOf(PutOutcome.Stored.class);
        try (var other = EmbeddedStore.plain(store(), store().eraser())) {
            other.deleteObject(d -> d.bucket(store().bucket()).key(address.text()));
        }
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Some(2, 1, 0));

        var outcomes = eraser().erase(List.of(address));

        assertThat(outcomes).containsEntry(address, new EraseOutcome.Erased());
        assertThat(eraser().nothingLeft(address)).isEqualTo(new Remains.Nothing());
    }

    @Test
    void erasing_what_never_was_finds_nothing() {
        var address = address();

        assertThat(eraser().erase(List.of(address)))
                .containsEntry(address, new EraseOutcome.Absent());
    }
}
