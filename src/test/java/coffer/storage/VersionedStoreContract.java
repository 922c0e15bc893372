package coffer.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

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
    void an_inventory_tells_every_version_in_the_order_of_keys_and_erases_one_alone() {
        var first = put(bytes(100));
        var second = put(bytes(200));
        assertThat(writer().put(second, payload(bytes(300)), metadata()))
                .isInstanceOf(PutOutcome.Stored.class);
        try (var other = EmbeddedStore.plain(store(), store().eraser())) {
            other.deleteObject(d -> d.bucket(store().bucket()).key(second.text()));
        }
        var inventory = eraser().versions().orElseThrow();

        var all = everything(inventory);
        var kept =
                all.stream()
                        .filter(one -> one.key().equals(second.text()) && one.sizeBytes() == 200)
                        .findFirst()
                        .orElseThrow();
        var others =
                all.stream()
                        .filter(one -> one.key().equals(second.text()) && !one.equals(kept))
                        .map(one -> new VersionInventory.Version(one.key(), one.versionId()))
                        .toList();
        var outcomes = inventory.erase(others);

        assertThat(all.stream().map(ObjectReader.Listed::key).distinct())
                .isSorted()
                .contains(first.text(), second.text());
        assertThat(others).hasSize(2);
        assertThat(outcomes).hasSize(2).containsValue(new EraseOutcome.Erased());
        assertThat(eraser().nothingLeft(second)).isEqualTo(new Remains.Some(1, 0, 0));
        assertThat(found(reader().head(second, null)).sizeBytes()).isEqualTo(200);
        assertThat(eraser().nothingLeft(first)).isEqualTo(new Remains.Some(1, 0, 0));
    }

    /** Key by key, as a walk that begins anew after each would. */
    private static List<ObjectReader.Listed> everything(VersionInventory inventory) {
        var all = new ArrayList<ObjectReader.Listed>();
        var page = found(inventory.after(Optional.empty()));
        while (!page.objects().isEmpty()) {
            var key = page.objects().getFirst().key();
            page.objects().stream().filter(one -> one.key().equals(key)).forEach(all::add);
            page = found(inventory.after(Optional.of(key)));
            assertThat(page.objects()).allSatisfy(one -> assertThat(one.key()).isGreaterThan(key));
        }
        return all;
    }

    @Test
    void an_inventory_does_not_touch_what_is_not_ours() {
        var foreign =
                new VersionInventory.Version("another-one/systems/" + UUID.randomUUID(), "null");

        assertThat(eraser().versions().orElseThrow().erase(List.of(foreign)))
                .containsEntry(
                        foreign, new EraseOutcome.Failed("address of another installation", false));
    }

    @Test
    void erasing_what_never_was_finds_nothing() {
        var address = address();

        assertThat(eraser().erase(List.of(address)))
                .containsEntry(address, new EraseOutcome.Absent());
    }
}
